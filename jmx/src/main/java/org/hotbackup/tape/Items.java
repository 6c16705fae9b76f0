package org.hotbackup.tape;

import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;

/** Hands items on, or says why they are left out. */
final class Items {

    private final TapeHandler handler;
    private final SeenItems seen = new SeenItems();

    Items(TapeHandler handler) {
        this.handler = handler;
    }

    /** One item, found at a block. */
    record Found(Optional<TapeFile> file, long number, byte[] id, int reel, long block) {

        /** For messages. */
        String name() {
            String where = file.map(TapeFile::toString).orElse("");
            return (where + " " + TapeText.shown(id)).strip();
        }
    }

    /**
     * Hands an item on.
     *
     * @param length how many bytes it has
     * @param body gives them, asked only if it is handed on
     */
    void item(Found found, long length, java.util.function.Supplier<byte[]> body, ItemForm form, Counts counts) {
        counts.item(form);
        if (found.file().isEmpty()) {
            note(found, MessageCode.TAPE_ITEM_WITHOUT_FILE, found.name(), String.format("%X", found.number()));
        } else if (length > Limits.MAX_ITEM_BYTES) {
            note(found, MessageCode.TAPE_ITEM_TOO_LARGE, found.name(), Limits.MAX_ITEM_BYTES);
        } else if (seen.isAgain(found.number(), found.id())) {
            note(found, MessageCode.TAPE_ITEM_TWICE, found.name());
        } else {
            Optional<ItemId> id = id(found);
            if (id.isPresent()) {
                counts.bytes(length);
                handler.item(found.file().get(), id.get(), body.get(), form);
            }
        }
    }

    /** An item cannot be read. */
    void broken(Found found, String why) {
        note(found, MessageCode.TAPE_ITEM_BROKEN, found.name(), why);
    }

    private Optional<ItemId> id(Found found) {
        try {
            return Optional.of(ItemId.of(found.id()));
        } catch (Refusal e) {
            note(found, MessageCode.TAPE_ITEM_ID_UNUSABLE, found.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private void note(Found found, MessageCode code, Object... values) {
        handler.note(TapeNote.loss(code, found.reel(), found.block(), values));
    }
}
