package org.hotbackup.control.messages;

/**
 * An operation was refused and nothing was done: the answer to bad input, a wrong state or a missing thing, with a
 * message of the catalogue. A fault of ours leaves the control beans as one, too, once it is in the node's log; its code is
 * {@link MessageCode#INTERNAL_ERROR}.
 */
public class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final MessageCode code;

    /** Refuses with the code's sentence, these values in it. */
    public Refusal(MessageCode code, Object... values) {
        super(code.text(values));
        this.code = code;
    }

    /**
     * Lets a destructive operation go on if the name of what it destroys was given once more.
     *
     * @throws Refusal if another name was given, or none
     */
    public static void unlessConfirmed(String name, String given) {
        if (!name.equals(given)) {
            throw new Refusal(MessageCode.CONFIRM_BY_NAME, name, given);
        }
    }

    /**
     * Lets an operation go on if somebody said why: that is kept.
     *
     * @throws Refusal if there is no reason, or nothing in it
     */
    public static void unlessReasoned(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new Refusal(MessageCode.REASON_MISSING);
        }
    }

    /** Which message of the catalogue it is. */
    public MessageCode code() {
        return code;
    }
}
