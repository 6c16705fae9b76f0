package org.hotbackup.apply;

import java.util.Arrays;

/** Why something is in lost+found: attribute 1 (HB-161). */
public enum LostAndFoundType {
    UNKNOWN_CODE(1, "unknown transaction code"),
    SERVER_RESET(2, "slave server was reset"),
    INTERNAL_ERROR(3, "internal error"),
    TIME_OUT(4, "time-out on transaction"),
    BAD_MESSAGE(5, "bad network message"),
    CANNOT_BE_PERFORMED(6, "operation cannot be performed"),
    DPOINTER_IN_THE_WAY(7, "D-pointer cannot be updated; what stood in its place was deleted"),
    ACCOUNT_NAME_IN_THE_WAY(8, "item named like an account was removed"),
    CORRELATIVE_REMOVED(9, "correlative removed from a D-pointer"),
    DELAYED(10, "transaction could not be processed while applying delayed updates"),
    LENGTH(11, "incorrect transaction length");

    private final int number;
    private final String meaning;

    LostAndFoundType(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Its number, for ever. */
    public int number() {
        return number;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether a record of this type holds a transaction, which can be tried again; or only what was removed. */
    public boolean isTransaction() {
        return this != DPOINTER_IN_THE_WAY && this != ACCOUNT_NAME_IN_THE_WAY && this != CORRELATIVE_REMOVED;
    }

    /** The type with this number; an internal error if there is none. */
    public static LostAndFoundType of(String number) {
        return Arrays.stream(values())
                .filter(type -> Integer.toString(type.number).equals(number))
                .findFirst()
                .orElse(INTERNAL_ERROR);
    }
}
