package org.hotbackup.replication.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCreated;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.RangeChecked;

/**
 * What a slave's users must see after what was performed: the manual's rules, one update after the other and at once,
 * without helpers, hold files and batches. What a slave really has is compared with it after every commit.
 */
final class ExpectedImage {

    private static final DPointer MISSING = DPointer.of("DL", 101);

    private final Image image;
    /** How many items stood in the way of D-pointers, and correlatives were removed (lost+found types 7 and 9). */
    private int removed;

    ExpectedImage(Image image) {
        this.image = image;
    }

    ExpectedImage copy() {
        ExpectedImage copy = new ExpectedImage(image.copy());
        copy.removed = removed;
        return copy;
    }

    Image image() {
        return image;
    }

    int removed() {
        return removed;
    }

    /** Why a transaction may be in lost+found, empty if it must not be. */
    Optional<String> obstacle(List<Update> updates, boolean autoCreate) {
        ExpectedImage after = copy();
        for (Update update : updates) {
            FilePath file = update.file();
            if (update instanceof RangeChecked) {
                continue;
            }
            if (!Files.isOfUsers(file)) {
                return Optional.of("system file");
            }
            boolean creates = update instanceof FileCreated || update instanceof AccountCreated;
            boolean removes = update instanceof FileDeleted || update instanceof AccountDeleted;
            boolean needsFile = !creates && !removes && !after.image.has(file);
            boolean needsAccount =
                    update instanceof FileCreated && !after.image.has(FilePath.masterDictionary(file.account()));
            if (!autoCreate && (needsFile || needsAccount)) {
                return Optional.of("no file");
            }
            if (update instanceof Update.ItemWritten written && after.image.has(named(file, written.id()))) {
                return Optional.of("a file of this name");
            }
            after.perform(update);
        }
        return Optional.empty();
    }

    /** The section whose D-pointer an item would be; for an item of a data section any that cannot be there. */
    private static FilePath named(FilePath file, ItemId id) {
        return switch (file.level()) {
            case MASTER_DICTIONARY -> FilePath.dictionary(file.account(), id.toString());
            case DICTIONARY -> FilePath.data(file.account(), file.file(), id.toString());
            case DATA -> FilePath.data("none", "none");
        };
    }

    void perform(Update update) {
        FilePath file = update.file();
        boolean there = image.has(file);
        if (update instanceof RangeChecked) {
            return;
        }
        if (update instanceof FileDeleted || update instanceof AccountDeleted) {
            if (there) {
                image.perform(update);
            }
        } else if (update instanceof AccountCreated) {
            if (there) {
                image.perform(new AccountDeleted(file));
            }
            image.perform(update);
        } else if (update instanceof FileCreated created) {
            if (there) {
                image.perform(new FileDeleted(file));
            }
            makeWay(file);
            image.perform(new FileCreated(file, control(created.pointer())));
        } else {
            if (!there && file.level() == Level.MASTER_DICTIONARY) {
                image.perform(new AccountCreated(file, MISSING));
            } else if (!there) {
                makeWay(file);
                image.perform(new FileCreated(file, MISSING));
            }
            change(update);
        }
    }

    private void change(Update update) {
        if (update instanceof ItemDeleted deleted) {
            image.items(update.file()).remove(deleted.id());
        } else if (update instanceof FileRedefined redefined) {
            image.perform(new FileRedefined(update.file(), control(redefined.pointer())));
        } else {
            image.perform(update);
        }
    }

    /** The account is created if it is missing, and what stands where the new D-pointer belongs is removed. */
    private void makeWay(FilePath file) {
        FilePath account = FilePath.masterDictionary(file.account());
        if (!image.has(account)) {
            image.perform(new AccountCreated(account, MISSING));
        }
        boolean isNewFile = file.level() == Level.DICTIONARY || !image.has(file.definedIn());
        FilePath definedIn = isNewFile ? account : file.definedIn();
        ItemId name = ItemId.of(isNewFile ? file.file() : file.section());
        if (image.items(definedIn).remove(name) != null) {
            removed++;
        }
    }

    /** HB-030 to HB-033, for the correlatives that the simulated users know. */
    private DPointer control(DPointer pointer) {
        List<String> kept = new ArrayList<>();
        boolean cataloged = image.read(Files.WORLD, Correlatives.SUBROUTINE).isPresent();
        Predicate<String> isLost = correlative ->
                correlative.equals(Correlatives.TO_NOWHERE) || correlative.equals(Correlatives.CALL) && !cataloged;
        for (String correlative : pointer.correlatives()) {
            if (isLost.test(correlative)) {
                removed++;
            } else {
                kept.add(Correlatives.EXPLICIT.getOrDefault(correlative, correlative));
            }
        }
        DPointer unprotected = pointer.withCode(pointer.code().replace("U", ""));
        return kept.equals(pointer.correlatives()) ? unprotected : unprotected.withCorrelatives(kept);
    }
}
