package org.hotbackup.tape;

import java.time.LocalDateTime;
import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/** Saves whole accounts in their order on the tape: each dictionary behind its data sections, the master dictionary last. */
public final class Save {

    private final SaveSource source;
    private final SaveWriter tape;
    private final SaveProgress progress;

    /**
     * A save.
     *
     * @param tape an empty save
     * @param progress is told of each item
     */
    public Save(SaveSource source, SaveWriter tape, SaveProgress progress) {
        this.source = source;
        this.tape = tape;
        this.progress = progress;
    }

    /** Is told how a save goes on. What it throws ends the save. */
    @FunctionalInterface
    public interface SaveProgress {

        /** An item was written. */
        void item(FilePath file, long bytes, ItemForm form);
    }

    /**
     * Writes a whole save to a tape and leaves the tape open for others.
     *
     * @param whole whether it is a file save
     * @param handler is told of what cannot be written as it is
     * @throws TapeBroken if it cannot be written
     */
    public static void write(
            SaveSource source,
            List<String> accounts,
            boolean whole,
            String heading,
            TapeWriter tape,
            LocalDateTime time,
            TapeHandler handler,
            SaveProgress progress) {
        SaveWriter writer = new SaveWriter(tape, heading, whole, time, handler);
        Save save = new Save(source, writer, progress);
        accounts.forEach(save::account);
        if (whole) {
            source.systemItems(writer::systemItem);
        }
        writer.end();
    }

    private void account(String account) {
        source.account(account)
                .filter(pointer -> Saved.of(pointer) != Saved.NOTHING)
                .ifPresent(pointer -> account(account, pointer));
    }

    private void account(String account, DPointer pointer) {
        tape.openAccount(account, pointer);
        Walk walk = new Walk();
        for (FileDefinition file : source.files(account)) {
            switch (file.path().level()) {
                case MASTER_DICTIONARY -> {
                    // comes last
                }
                case DICTIONARY -> walk.dictionary(file);
                case DATA -> walk.section(file);
            }
        }
        walk.endDictionary();
        items(FilePath.masterDictionary(account), pointer);
        tape.close();
    }

    /** Where it is in the files of an account, which come sorted. */
    private final class Walk {

        private FileDefinition dictionary;

        void dictionary(FileDefinition file) {
            endDictionary();
            if (Saved.of(file.pointer()) != Saved.NOTHING) {
                dictionary = file;
                open(file, file.path().file());
            }
        }

        void section(FileDefinition file) {
            boolean within = dictionary != null && file.path().definedIn().equals(dictionary.path());
            if (within && Saved.of(file.pointer()) != Saved.NOTHING) {
                open(file, file.path().section());
                items(file.path(), file.pointer());
                tape.close();
            }
        }

        void endDictionary() {
            if (dictionary != null) {
                items(dictionary.path(), dictionary.pointer());
                tape.close();
                dictionary = null;
            }
        }

        private void open(FileDefinition file, String name) {
            tape.openFile(name, file.pointer(), file.path().toString());
        }
    }

    private void items(FilePath path, DPointer pointer) {
        if (Saved.of(pointer) == Saved.WHOLE) {
            source.items(path, (id, body) -> progress.item(path, body.length, tape.item(id, body)));
        }
    }
}
