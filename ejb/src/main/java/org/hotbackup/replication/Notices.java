package org.hotbackup.replication;

import org.hotbackup.control.messages.MessageCode;

/**
 * Says each trouble once, not at every attempt: a retry storm is one line, and so is the recovery that follows it. A
 * trouble that comes back after things went well is said again.
 */
final class Notices {

    private final ServerMessages messages;
    private String trouble = "";
    private boolean repeated;

    Notices(ServerMessages messages) {
        this.messages = messages;
    }

    /** Something went wrong. */
    void trouble(MessageCode code, Object... values) {
        String text = code.text(values);
        repeated = text.equals(trouble);
        if (!repeated) {
            trouble = text;
            messages.say(code, values);
        }
    }

    /** Something went right; not said while the same trouble only comes back each time. */
    void recovery(MessageCode code, Object... values) {
        if (!repeated) {
            messages.say(code, values);
        }
    }

    /** Things go well: the next trouble is news. */
    void well() {
        trouble = "";
        repeated = false;
    }
}
