package org.hotbackup.control;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * A page of the permanent log.
 *
 * @param messages oldest first
 * @param reached where to go on: the id of the entry farthest in the direction of reading that was looked at; empty if
 *     none was
 * @param more whether there may be more in that direction
 */
public record LogPage(List<LogMessage> messages, String reached, boolean more) {

    /** For MXBean tools. */
    @ConstructorParameters({"messages", "reached", "more"})
    public LogPage {}

    public List<LogMessage> getMessages() {
        return messages;
    }

    public String getReached() {
        return reached;
    }

    public boolean isMore() {
        return more;
    }
}
