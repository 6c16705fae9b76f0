package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * Something that runs long on a node.
 *
 * @param id what {@link OperationReceipt#task()} names
 * @param kind verification, repair, resync, promotion, helper, set-aside, stop, rest, operation, or what is done with a tape: save,
 *     restore, t-dump and so on
 * @param server the server that it belongs to, empty if to none
 * @param subject what it is about: a file's path, the server's name, or the operation, as {@code Server.rejoin}
 * @param state running, waiting, stopped, done or refused
 * @param percent how far it is, -1 if that cannot be known
 * @param message what it is doing, waiting for, or came to; one sentence or clause
 * @param startedAt when it began or went on with the node, ISO-8601 in UTC; empty if that is not known
 */
public record Task(
        String id,
        String kind,
        String server,
        String subject,
        String state,
        int percent,
        String message,
        String startedAt) {

    /** It works. */
    public static final String RUNNING = "running";

    /** It would work, but has to wait; the message says for what. */
    public static final String WAITING = "waiting";

    /** Somebody stopped it. */
    public static final String STOPPED = "stopped";

    /** It came to its end. */
    public static final String DONE = "done";

    /** It came to its end without having done anything. */
    public static final String REFUSED = "refused";

    /** For MXBean tools. */
    @ConstructorParameters({"id", "kind", "server", "subject", "state", "percent", "message", "startedAt"})
    public Task {}

    /** Whether it is under way. */
    public boolean underWay() {
        return state.equals(RUNNING) || state.equals(WAITING);
    }

    public String getId() {
        return id;
    }

    public String getKind() {
        return kind;
    }

    public String getServer() {
        return server;
    }

    public String getSubject() {
        return subject;
    }

    public String getState() {
        return state;
    }

    public int getPercent() {
        return percent;
    }

    public String getMessage() {
        return message;
    }

    public String getStartedAt() {
        return startedAt;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(id, kind, server, subject, state, percent, message, startedAt);
    }
}
