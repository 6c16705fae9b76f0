package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A message of a server on its way to people (HB-143).
 *
 * @param number counts the messages of all servers since the node started, from 1
 * @param time when it was said, ISO-8601 in UTC
 * @param server the server that said it
 * @param severity information, warning or error
 * @param messageId its number in the catalogue, for example HB2014
 * @param text the sentence
 */
public record Notice(long number, String time, String server, String severity, String messageId, String text) {

    /** For MXBean tools. */
    @ConstructorParameters({"number", "time", "server", "severity", "messageId", "text"})
    public Notice {}

    public long getNumber() {
        return number;
    }

    public String getTime() {
        return time;
    }

    public String getServer() {
        return server;
    }

    public String getSeverity() {
        return severity;
    }

    public String getMessageId() {
        return messageId;
    }

    public String getText() {
        return text;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(number, time, server, severity, messageId, text);
    }
}
