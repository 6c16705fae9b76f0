package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * Something that is wrong with a node, or that its operator should know.
 *
 * @param rank from 1: what comes first is more likely the reason for what comes behind it
 * @param severity {@code critical}: users cannot update here, or updates are lost to the slaves; {@code warning}: the slave
 *     is not, or will not be, the image of the master; {@code notice}: as somebody wanted it
 * @param server the server that it is about, empty if it is the node
 * @param messageId its number in the catalogue, for example HB4161
 * @param sentence what is wrong
 * @param evidence what was seen that says so
 * @param nextCommand what to type next, to see more or to put it right
 */
public record Cause(
        int rank,
        String severity,
        String server,
        String messageId,
        String sentence,
        String evidence,
        String nextCommand) {

    /** For MXBean tools. */
    @ConstructorParameters({"rank", "severity", "server", "messageId", "sentence", "evidence", "nextCommand"})
    public Cause {}

    public int getRank() {
        return rank;
    }

    public String getSeverity() {
        return severity;
    }

    public String getServer() {
        return server;
    }

    public String getMessageId() {
        return messageId;
    }

    public String getSentence() {
        return sentence;
    }

    public String getEvidence() {
        return evidence;
    }

    public String getNextCommand() {
        return nextCommand;
    }
}
