package org.hotbackup.replication;

import org.hotbackup.control.messages.MessageCode;

/**
 * Says each trouble once, not at every attempt: a retry storm is one line, and so is the recovery that follows it, which is
 * the last word then. A trouble that comes back after things went well is said again.
 */
public final class Notices {

    private final ServerMessages messages;
    private volatile String trouble = "";
    private Runnable recovery = () -> {};

    /** Says them to this. */
    public Notices(ServerMessages messages) {
        this.messages = messages;
    }

    /** What went wrong and has not gone well since, a sentence; empty if nothing did. From any thread. */
    String trouble() {
        return trouble;
    }

    /** Something went wrong. */
    public void trouble(MessageCode code, Object... values) {
        recovery = () -> {};
        String text = code.text(values);
        if (!text.equals(trouble)) {
            trouble = text;
            messages.say(code, values);
        }
    }

    /** Something went right; after a trouble it is said when things go well, since the trouble may come back before. */
    public void recovery(MessageCode code, Object... values) {
        if (trouble.isEmpty()) {
            messages.say(code, values);
        } else {
            recovery = () -> messages.say(code, values);
        }
    }

    /** Things go well: the next trouble is news. */
    public void well() {
        Runnable awaited = recovery;
        recovery = () -> {};
        trouble = "";
        awaited.run();
    }
}
