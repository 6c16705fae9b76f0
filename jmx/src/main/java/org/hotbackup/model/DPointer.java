package org.hotbackup.model;

import java.util.List;
import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * A file-defining item (docs/data-model.md 3): code, base, modulo, separation, locks, conversion, correlatives,
 * justification, width, reallocation. All attributes are kept as given; only code and modulo are checked. Immutable.
 */
public final class DPointer {

    /** The largest modulo. */
    public static final int MAX_MODULO = 16_777_215;

    private static final String LETTERS = "CFLNPQSTUXY";
    private static final int CODE = 1;
    private static final int MODULO = 3;
    private static final int CORRELATIVES = 8;

    private final byte[] item;

    private DPointer(byte[] item) {
        this.item = item;
    }

    /**
     * A D-pointer with this code and modulo and nothing else.
     *
     * @param code D and letters in any order and case, for example {@code DL}
     * @param modulo 1 to {@value #MAX_MODULO}
     * @throws Refusal if one of them cannot be used
     */
    public static DPointer of(String code, int modulo) {
        return ofItem(
                DynamicArray.ofAttributes(code, "", Integer.toString(modulo)).bytes());
    }

    /**
     * The D-pointer that this item is.
     *
     * @throws Refusal if its code or modulo cannot be used
     */
    public static DPointer ofItem(byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        String code = attributes.extract(CODE).toUpperCase(Locale.ROOT);
        boolean known = code.startsWith("D") && code.chars().skip(1).allMatch(c -> LETTERS.indexOf(c) >= 0);
        if (!known) {
            throw new Refusal(MessageCode.DPOINTER_MALFORMED, attributes.extract(CODE));
        }
        String modulo = attributes.extract(MODULO);
        if (!modulo.matches("[0-9]{1,8}") || Integer.parseInt(modulo) < 1 || Integer.parseInt(modulo) > MAX_MODULO) {
            throw new Refusal(MessageCode.MODULO_OUT_OF_RANGE, modulo);
        }
        return new DPointer(item.clone());
    }

    /** Attribute 1: D and its letters, as given. */
    public String code() {
        return attributes().extract(CODE);
    }

    /** Attribute 3: the number of groups. */
    public int modulo() {
        return Integer.parseInt(attributes().extract(MODULO));
    }

    /** Whether the code holds this letter, in either case. */
    public boolean has(char letter) {
        return code().toUpperCase(Locale.ROOT).indexOf(Character.toUpperCase(letter), 1) > 0;
    }

    /** The same D-pointer with another code. */
    public DPointer withCode(String code) {
        return ofItem(attributes().replace(CODE, code).bytes());
    }

    /** The same D-pointer with another modulo. */
    public DPointer withModulo(int modulo) {
        return ofItem(attributes().replace(MODULO, Integer.toString(modulo)).bytes());
    }

    /** Attribute 8: correlatives, one a value. */
    public List<String> correlatives() {
        return attributes().values(CORRELATIVES);
    }

    /** The same D-pointer with other correlatives. */
    public DPointer withCorrelatives(List<String> correlatives) {
        return ofItem(attributes().replaceValues(CORRELATIVES, correlatives).bytes());
    }

    /** All attributes, in a copy. */
    public DynamicArray attributes() {
        return DynamicArray.of(item);
    }

    /** The item's bytes, in a copy. */
    public byte[] bytes() {
        return item.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DPointer pointer && java.util.Arrays.equals(item, pointer.item);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(item);
    }

    @Override
    public String toString() {
        return code() + " modulo " + modulo();
    }
}
