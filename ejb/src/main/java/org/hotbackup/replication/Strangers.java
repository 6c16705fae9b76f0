package org.hotbackup.replication;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;

/**
 * Says each refusal of somebody who is not the master of this conversation once, whoever calls in between and however
 * often. The latest {@value #REMEMBERED} are remembered.
 */
final class Strangers {

    private static final int REMEMBERED = 64;

    private final ServerMessages messages;
    private final Set<String> said = new LinkedHashSet<>();

    Strangers(ServerMessages messages) {
        this.messages = messages;
    }

    /** Somebody was turned away. */
    void refused(MessageCode code, Object... values) {
        if (said.add(code.text(values))) {
            messages.say(code, values);
            if (said.size() > REMEMBERED) {
                said.remove(said.iterator().next());
            }
        }
    }
}
