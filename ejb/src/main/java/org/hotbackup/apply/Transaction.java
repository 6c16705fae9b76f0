package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/**
 * A received transaction as updates.
 *
 * @param received as it arrived
 * @param updates what it does, empty if it cannot be read
 * @param unreadable why it cannot be read, empty if it can
 */
public record Transaction(
        ReceivedTransaction received, List<Update> updates, Optional<MalformedEntryException> unreadable) {

    /** Reads what arrived. */
    public static Transaction decode(ReceivedTransaction received) {
        try {
            return new Transaction(
                    received, LogEntryCodec.decode(received.entry().payload()), Optional.empty());
        } catch (MalformedEntryException e) {
            return new Transaction(received, List.of(), Optional.of(e));
        }
    }

    /** Whether it only deletes and clears: what a full disk waits for. One that cannot be read has to be kept as it is. */
    public boolean makesRoom() {
        return unreadable.isEmpty() && updates.stream().allMatch(Transaction::makesRoom);
    }

    private static boolean makesRoom(Update update) {
        return update instanceof Update.ItemDeleted
                || update instanceof Update.FileCleared
                || update instanceof Update.FileDeleted
                || update instanceof Update.AccountDeleted;
    }

    /** The operation of its first update, or {@code ?} (HB-162). */
    String operation() {
        return updates.isEmpty() ? "?" : updates.get(0).operation();
    }

    /** Why it can never be performed, by type; of one that cannot be performed here, that. */
    LostAndFoundType typeOfObstacle() {
        return unreadable
                .map(e -> switch (e.fault()) {
                    case UNKNOWN_CODE -> LostAndFoundType.UNKNOWN_CODE;
                    case LENGTH -> LostAndFoundType.LENGTH;
                    case CONTENT -> LostAndFoundType.BAD_MESSAGE;
                })
                .orElse(LostAndFoundType.CANNOT_BE_PERFORMED);
    }

    /**
     * Why it cannot be performed, if so. Nothing is changed by looking.
     *
     * @param untouchable the sections that a slave never changes (HB-122)
     */
    Optional<String> obstacle(SlaveImage image, boolean autoCreate, Predicate<FilePath> untouchable) {
        if (unreadable.isPresent()) {
            return Optional.of(unreadable.get().getMessage());
        }
        List<Update> done = new ArrayList<>();
        for (Update update : updates) {
            FilePath path = update.file();
            if (untouchable.test(path) && !(update instanceof Update.RangeChecked)) {
                return Optional.of(MessageCode.SYSTEM_FILE.text(path));
            }
            if (!autoCreate && needsFile(update) && !exists(path, done, image)) {
                return Optional.of(MessageCode.NO_FILE.text(path));
            }
            FilePath account = FilePath.masterDictionary(path.account());
            if (!autoCreate && update instanceof Update.FileCreated && !exists(account, done, image)) {
                return Optional.of(MessageCode.NO_ACCOUNT.text(path.account()));
            }
            if (update instanceof Update.ItemWritten written) {
                Optional<FilePath> defined = defines(path, written.id());
                if (defined.isPresent() && exists(defined.get(), done, image)) {
                    return Optional.of(MessageCode.FILE_EXISTS.text(defined.get()));
                }
            }
            done.add(update);
        }
        return Optional.empty();
    }

    /** The section whose D-pointer an item would be: in an MD a file's dictionary, in a dictionary a data section. */
    public static Optional<FilePath> defines(FilePath file, ItemId id) {
        try {
            return switch (file.level()) {
                case MASTER_DICTIONARY -> Optional.of(FilePath.dictionary(file.account(), id.toString()));
                case DICTIONARY -> Optional.of(FilePath.data(file.account(), file.file(), id.toString()));
                case DATA -> Optional.empty();
            };
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static boolean needsFile(Update update) {
        return update instanceof Update.ItemWritten
                || update instanceof Update.ItemDeleted
                || update instanceof Update.FileCleared
                || update instanceof Update.FileRedefined;
    }

    /** Whether a section exists after some of the updates: the last one that made or removed it decides. */
    private static boolean exists(FilePath path, List<Update> done, SlaveImage image) {
        for (int i = done.size() - 1; i >= 0; i--) {
            Update update = done.get(i);
            if (makes(update, path)) {
                return true;
            }
            if (removes(update, path)) {
                return false;
            }
        }
        return image.file(path).isPresent();
    }

    private static boolean makes(Update update, FilePath path) {
        if (update instanceof Update.FileCreated created) {
            return created.file().equals(path)
                    || created.file().level() == FilePath.Level.DATA
                            && created.file().definedIn().equals(path);
        }
        return update instanceof Update.AccountCreated created && created.file().equals(path);
    }

    /** Whether a section is gone after an update, or new. */
    static boolean removes(Update update, FilePath path) {
        FilePath changed = update.file();
        if (update instanceof Update.AccountDeleted || update instanceof Update.AccountCreated) {
            return path.account().equals(changed.account());
        }
        if (update instanceof Update.FileDeleted && changed.level() == FilePath.Level.DICTIONARY) {
            return path.account().equals(changed.account()) && path.file().equals(changed.file());
        }
        return (update instanceof Update.FileDeleted || update instanceof Update.FileCreated) && path.equals(changed);
    }
}
