package org.hotbackup.replication;

import org.hotbackup.control.messages.MessageCode;

/** A conversation cannot go on, for a reason of the catalogue. */
final class SessionFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final MessageCode code;
    private final transient Object[] values;
    private final boolean ours;
    private final String reasonId;

    private SessionFailure(boolean ours, String reasonId, MessageCode code, Object... values) {
        super(code.text(values));
        this.reasonId = reasonId;
        this.ours = ours;
        this.code = code;
        this.values = values;
    }

    /** We refuse; the other side is to be told why. */
    static SessionFailure refusing(MessageCode code, Object... values) {
        return new SessionFailure(true, code.id(), code, values);
    }

    /** The other side refuses, or does not answer: there is nobody to tell. */
    static SessionFailure turnedAway(MessageCode code, Object... values) {
        return new SessionFailure(false, code.id(), code, values);
    }

    /** The other side refuses, and says why. */
    static SessionFailure refusedBy(MessageCode code, Frame.Refuse refuse) {
        return new SessionFailure(false, refuse.messageId(), code, refuse.text());
    }

    /** That nothing flows until this is mended. */
    StandingRefusal standing() {
        return new StandingRefusal(reasonId, getMessage());
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
