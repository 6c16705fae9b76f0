package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * What the image of a slave must be that could perform everything it received: what is missing is created (HB-017), and
 * D-pointers are changed as HB-030 to HB-032 ask.
 */
final class SlaveModel extends ImageModel {

    /** What a slave takes for a D-pointer that it was never told. */
    static final DPointer MISSING = DPointer.of("DL", 101);

    /** A correlative that the slave must have removed into lost+found, type 9. */
    record Removed(FilePath file, String correlative) {}

    private final Set<FilePath> guessed = new HashSet<>();
    private final List<Removed> removed = new ArrayList<>();

    /** As it is now, to be held against an image later. */
    SlaveModel copy() {
        SlaveModel copy = new SlaveModel();
        sections().forEach((path, section) -> copy.adopt(path, section.copy()));
        copy.guessed.addAll(guessed);
        copy.removed.addAll(removed);
        return copy;
    }

    /** From now on it is what another one is. */
    void become(SlaveModel other) {
        adoptAll(other.sections());
        guessed.clear();
        guessed.addAll(other.guessed);
        removed.clear();
        removed.addAll(other.removed);
    }

    /** Sections that the slave was never told of and had to create by guessing. */
    Set<FilePath> guessed() {
        return guessed;
    }

    /** Correlatives that refer to nothing, in their order. */
    List<Removed> removed() {
        return removed;
    }

    @Override
    void perform(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.FileCreated created) {
            createAccount(path);
            if (has(path)) {
                super.perform(new Update.FileDeleted(path));
            }
            makeWay(path);
            create(path, controlled(path, created.pointer()));
        } else if (update instanceof Update.FileRedefined redefined) {
            createMissing(path);
            super.perform(new Update.FileRedefined(path, controlled(path, redefined.pointer())));
        } else if (update instanceof Update.AccountCreated) {
            super.perform(new Update.AccountDeleted(path));
            super.perform(update);
        } else if (update instanceof Update.FileDeleted || update instanceof Update.AccountDeleted) {
            super.perform(update);
        } else {
            createMissing(path);
            super.perform(update);
        }
    }

    private void createMissing(FilePath path) {
        createAccount(path);
        if (!has(path)) {
            guessed.add(path);
            makeWay(path);
            create(path, MISSING);
        }
    }

    /** An item that stands where the D-pointer belongs is removed into lost+found, type 7. */
    private void makeWay(FilePath path) {
        if (path.level() == Level.DATA && !has(path.definedIn())) {
            makeWay(path.definedIn());
            return;
        }
        String name = path.level() == Level.DATA ? path.section() : path.file();
        section(path.definedIn()).ifPresent(section -> section.delete(ItemId.of(name)));
    }

    private void createAccount(FilePath path) {
        FilePath masterDictionary = FilePath.masterDictionary(path.account());
        if (!has(masterDictionary)) {
            guessed.add(masterDictionary);
            adopt(masterDictionary, new Section(masterDictionary, MISSING));
        }
    }

    private DPointer controlled(FilePath path, DPointer pointer) {
        DPointer changed = pointer;
        if (pointer.has('U')) {
            changed = changed.withCode(
                    pointer.code().charAt(0) + pointer.code().substring(1).replaceAll("[uU]", ""));
        }
        List<String> kept = new ArrayList<>();
        for (String correlative : pointer.correlatives()) {
            Optional<String> explicit = explicit(path.account(), correlative);
            explicit.ifPresentOrElse(kept::add, () -> removed.add(new Removed(path, correlative)));
        }
        return kept.equals(pointer.correlatives()) ? changed : changed.withCorrelatives(kept);
    }

    private Optional<String> explicit(String account, String correlative) {
        String lower = correlative.toLowerCase(Locale.ROOT);
        if (lower.startsWith("callx ")) {
            String name = correlative.substring("callx ".length()).strip();
            return name.contains(",")
                    ? Optional.of("callx " + name)
                    : cataloged(account, name).map(file -> "callx " + file + ", " + name);
        }
        int end = correlative.indexOf(';');
        if (lower.startsWith("b") && end > 1) {
            // of a D-pointer that a slave changed before it was promoted, the target is explicit already
            String[] names = correlative.substring(1, end).split(",", -1);
            FilePath target =
                    names.length > 1 ? FilePath.data(names[0], names[1], names[2]) : FilePath.data(account, names[0]);
            return has(target)
                    ? Optional.of(correlative.charAt(0) + target.account() + "," + target.file() + ","
                            + target.section() + correlative.substring(end))
                    : Optional.empty();
        }
        return Optional.of(correlative);
    }

    /** The file of a cataloged subroutine: attribute 5 of its verb in the account's master dictionary. */
    private Optional<String> cataloged(String account, String name) {
        return section(FilePath.masterDictionary(account))
                .map(dictionary -> dictionary.body(ItemId.of(name)))
                .map(DynamicArray::of)
                .filter(verb -> verb.extract(1).startsWith("V"))
                .map(verb -> account + "," + verb.extract(5));
    }
}
