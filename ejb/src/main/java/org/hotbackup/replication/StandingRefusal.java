package org.hotbackup.replication;

import java.util.Set;
import org.hotbackup.control.messages.MessageCode;

/**
 * That one side refused the other, and that since then no conversation came so far that something flows.
 *
 * @param messageId of the catalogue: why, whoever of the two refuses
 * @param text for people, one sentence: who refuses, why, and what to do
 */
public record StandingRefusal(String messageId, String text) {

    private static final Set<String> OF_THE_POSITION = Set.of(
            MessageCode.REFUSED_POSITION_BEHIND.id(),
            MessageCode.REFUSED_POSITION_AHEAD.id(),
            MessageCode.REFUSED_POSITION_UNKNOWN.id(),
            MessageCode.REFUSED_UNKNOWN_HISTORY.id());

    /** Whether the slave's position is refused: nothing flows until both servers begin anew. */
    public boolean isOfThePosition() {
        return OF_THE_POSITION.contains(messageId);
    }
}
