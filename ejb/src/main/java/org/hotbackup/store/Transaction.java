package org.hotbackup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
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
record Transaction(ReceivedTransaction received, List<Update> updates, Optional<String> unreadable) {

    static Transaction decode(ReceivedTransaction received) {
        try {
            return new Transaction(
                    received, LogEntryCodec.decode(received.entry().payload()), Optional.empty());
        } catch (MalformedEntryException e) {
            return new Transaction(received, List.of(), Optional.of(e.getMessage()));
        }
    }

    /**
     * Why it cannot be performed, if so. Nothing is changed by looking.
     *
     * @param files file-of-files before it
     */
    Optional<String> obstacle(Function<FilePath, Optional<FileDefinition>> files, boolean autoCreate) {
        if (unreadable.isPresent()) {
            return unreadable;
        }
        List<Update> done = new ArrayList<>();
        for (Update update : updates) {
            FilePath path = update.file();
            if (SystemAccount.isProtected(path)) {
                return Optional.of(MessageCode.SYSTEM_FILE.text(path));
            }
            if (!autoCreate && needsFile(update) && !exists(path, done, files)) {
                return Optional.of(MessageCode.NO_FILE.text(path));
            }
            FilePath account = FilePath.masterDictionary(path.account());
            if (!autoCreate && update instanceof Update.FileCreated && !exists(account, done, files)) {
                return Optional.of(MessageCode.NO_ACCOUNT.text(path.account()));
            }
            done.add(update);
        }
        return Optional.empty();
    }

    private static boolean needsFile(Update update) {
        return update instanceof Update.ItemWritten
                || update instanceof Update.ItemDeleted
                || update instanceof Update.FileCleared;
    }

    /** Whether a section exists after some of the updates: the last one that made or removed it decides. */
    private static boolean exists(
            FilePath path, List<Update> done, Function<FilePath, Optional<FileDefinition>> files) {
        for (int i = done.size() - 1; i >= 0; i--) {
            Update update = done.get(i);
            if (makes(update, path)) {
                return true;
            }
            boolean removes = update instanceof Update.FileDeleted
                    || update instanceof Update.AccountDeleted
                    || update instanceof Update.AccountCreated;
            if (removes && ItemOperations.emptiedBy(update).test(path)) {
                return false;
            }
        }
        return files.apply(path).isPresent();
    }

    private static boolean makes(Update update, FilePath path) {
        if (update instanceof Update.FileCreated created) {
            return created.file().equals(path)
                    || created.file().level() == FilePath.Level.DATA
                            && created.file().definedIn().equals(path);
        }
        return update instanceof Update.AccountCreated created && created.file().equals(path);
    }
}
