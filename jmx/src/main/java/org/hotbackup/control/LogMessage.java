package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A message of the permanent log.
 *
 * @param id its item id in {@code dm,hb.log,log}; ids are in the order of time
 * @param time when it was said, ISO-8601 in UTC
 * @param server the server that said it, empty if the node did
 * @param messageId its number in the catalogue, for example HB2013
 * @param text the sentence
 */
public record LogMessage(String id, String time, String server, String messageId, String text) {

    /** For MXBean tools. */
    @ConstructorParameters({"id", "time", "server", "messageId", "text"})
    public LogMessage {}

    public String getId() {
        return id;
    }

    public String getTime() {
        return time;
    }

    public String getServer() {
        return server;
    }

    public String getMessageId() {
        return messageId;
    }

    public String getText() {
        return text;
    }

    /** One line for scripts that read on from it. */
    public String line() {
        return TextLine.of(id, time, server, messageId, text);
    }

    /** One line for people and scripts. */
    @Override
    public String toString() {
        return time + "  " + (server.isEmpty() ? "-" : server) + "  " + messageId + "  " + text;
    }
}
