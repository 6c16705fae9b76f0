package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * What a slave changes in a D-pointer so that its own server can update the file (HB-030 to HB-032): update protection is
 * taken off, CALLX correlatives and bridges name what they refer to by explicit path, or are removed if it is not there.
 * A-correlatives are left as they are (HB-033).
 */
final class DPointerControls {

    /**
     * A D-pointer fit for the slave.
     *
     * @param pointer the D-pointer
     * @param removed the correlatives that are not in it any more
     */
    record Controlled(DPointer pointer, List<String> removed) {}

    private static final String CALLX = "callx ";
    private static final int SYNONYM_ACCOUNT = 2;
    private static final int SYNONYM_FILE = 3;
    private static final int CATALOGED_IN = 5;

    private final String account;
    private final SlaveImage image;

    /** For a file of this account. */
    DPointerControls(String account, SlaveImage image) {
        this.account = account;
        this.image = image;
    }

    Controlled control(DPointer pointer) {
        DPointer controlled = unprotected(pointer);
        List<String> kept = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String correlative : controlled.correlatives()) {
            Optional<String> explicit = explicit(correlative);
            explicit.ifPresentOrElse(kept::add, () -> removed.add(correlative));
        }
        return new Controlled(
                kept.equals(controlled.correlatives()) ? controlled : controlled.withCorrelatives(kept), removed);
    }

    /** Without update protection (HB-030). */
    static DPointer unprotected(DPointer pointer) {
        return pointer.has('U') ? pointer.withCode(withoutProtection(pointer.code())) : pointer;
    }

    private static String withoutProtection(String code) {
        return code.charAt(0) + code.substring(1).replaceAll("[uU]", "");
    }

    private Optional<String> explicit(String correlative) {
        String lower = correlative.toLowerCase(Locale.ROOT);
        if (lower.startsWith(CALLX)) {
            return subroutine(correlative.substring(CALLX.length()).strip()).map(path -> CALLX + path);
        }
        int end = correlative.indexOf(';');
        if (lower.startsWith("b") && end > 1) {
            return target(correlative.substring(1, end).strip())
                    .map(path -> correlative.charAt(0) + path + correlative.substring(end));
        }
        return Optional.of(correlative);
    }

    /**
     * The explicit path of a subroutine: {@code account,file, name}. The cataloged object in the MD, a verb (V...), says in
     * attribute 5 where it is: {@code account,file} or {@code file}.
     */
    private Optional<String> subroutine(String name) {
        if (name.indexOf(',') >= 0) {
            return Optional.of(name);
        }
        return masterDictionaryItem(name)
                .filter(item -> item.extract(1).toUpperCase(Locale.ROOT).startsWith("V"))
                .map(item -> item.extract(CATALOGED_IN).strip())
                .filter(file -> !file.isEmpty())
                .map(file -> (file.indexOf(',') < 0 ? account + "," + file : file) + ", " + name);
    }

    /** The explicit path of a bridge's target: {@code account,file,section}. */
    private Optional<String> target(String reference) {
        String[] names = reference.split(",", -1);
        try {
            FilePath path = names.length > 2
                    ? FilePath.data(names[0], names[1], names[2])
                    : FilePath.data(account, names[0], names.length == 2 ? names[1] : "");
            return image.file(path).isPresent()
                    ? Optional.of(text(path))
                    : names.length == 1 ? synonym(names[0]) : Optional.empty();
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** The target of a Q-pointer (docs/data-model.md 3): attribute 2 is the account, null for this one; 3 the file. */
    private Optional<String> synonym(String name) {
        return masterDictionaryItem(name)
                .filter(item -> item.extract(1).equalsIgnoreCase("Q"))
                .map(item -> FilePath.data(
                        item.extract(SYNONYM_ACCOUNT).isEmpty() ? account : item.extract(SYNONYM_ACCOUNT),
                        item.extract(SYNONYM_FILE)))
                .filter(path -> image.file(path).isPresent())
                .map(DPointerControls::text);
    }

    private static String text(FilePath path) {
        return path.account() + "," + path.file() + "," + path.section();
    }

    private Optional<DynamicArray> masterDictionaryItem(String name) {
        try {
            return image.read(FilePath.masterDictionary(account), ItemId.of(name))
                    .map(DynamicArray::of);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }
}
