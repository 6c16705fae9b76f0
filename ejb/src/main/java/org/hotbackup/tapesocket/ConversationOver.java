package org.hotbackup.tapesocket;

import org.hotbackup.control.messages.MessageCode;

/** A conversation cannot go on, for a reason of the catalogue. */
final class ConversationOver extends Exception {

    private static final long serialVersionUID = 1L;

    private final MessageCode code;
    private final transient Object[] values;
    private final boolean ours;

    private ConversationOver(boolean ours, MessageCode code, Object... values) {
        super(code.text(values));
        this.ours = ours;
        this.code = code;
        this.values = values;
    }

    /** We refuse; the other side is to be told why. */
    static ConversationOver refusing(MessageCode code, Object... values) {
        return new ConversationOver(true, code, values);
    }

    /** The other side refuses, or does not answer. */
    static ConversationOver turnedAway(MessageCode code, Object... values) {
        return new ConversationOver(false, code, values);
    }

    MessageCode code() {
        return code;
    }

    Object[] values() {
        return values;
    }

    boolean isOurs() {
        return ours;
    }
}
