package org.hotbackup.apply;

import org.hotbackup.model.Update;

/** What an update does, in the manual's short words (HB-083). */
public final class UpdateText {

    private UpdateText() {}

    /** The operation and what it is done to. */
    public static String of(Update update) {
        if (update instanceof Update.ItemWritten written) {
            return "Upd itm '" + written.id() + "' in '" + update.file() + "'";
        } else if (update instanceof Update.ItemDeleted deleted) {
            return "Del itm '" + deleted.id() + "' in '" + update.file() + "'";
        } else if (update instanceof Update.FileCleared) {
            return "Clear file '" + update.file() + "'";
        } else if (update instanceof Update.FileCreated) {
            return "Create file '" + update.file() + "'";
        } else if (update instanceof Update.FileRedefined redefined) {
            return "Redefine file '" + update.file() + "' as " + redefined.pointer();
        } else if (update instanceof Update.FileDeleted) {
            return "Delete file '" + update.file() + "'";
        } else if (update instanceof Update.AccountCreated) {
            return "Create account '" + update.file().account() + "'";
        } else if (update instanceof Update.RangeChecked) {
            return "Compare '" + update.file() + "'";
        }
        return "Delete account '" + update.file().account() + "'";
    }
}
