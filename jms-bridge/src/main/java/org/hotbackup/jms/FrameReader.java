package org.hotbackup.jms;

import java.util.List;
import org.apache.activemq.artemis.core.filter.Filter;
import org.apache.activemq.artemis.core.server.Consumer;
import org.apache.activemq.artemis.core.server.HandleStatus;
import org.apache.activemq.artemis.core.server.MessageReference;

/**
 * Takes what arrives in the queue of a slave server's port straight into the inbox, on the thread that brought it. A JMS consumer of
 * the same JVM would cost another copy and two more threads for each message, which was most of what receiving a tape cost.
 */
final class FrameReader implements Consumer {

    private final Inbox inbox;
    private final long id;

    /**
     * A reader that is still to be added to the queue.
     *
     * @param id unique in the broker
     */
    FrameReader(Inbox inbox, long id) {
        this.inbox = inbox;
        this.id = id;
    }

    @Override
    public boolean supportsDirectDelivery() {
        return true;
    }

    @Override
    public HandleStatus handle(MessageReference part) {
        part.handled();
        return HandleStatus.HANDLED;
    }

    @Override
    public void proceedDeliver(MessageReference part) throws Exception {
        try {
            inbox.take(part.getMessage().toCore());
        } finally {
            part.getQueue().acknowledge(part);
        }
    }

    @Override
    public Filter getFilter() {
        return null;
    }

    @Override
    public List<MessageReference> getDeliveringMessages() {
        return List.of();
    }

    @Override
    public void disconnect() {
        inbox.breakDown("the queue of the port is gone");
    }

    @Override
    public void failed(Throwable cause) {
        inbox.breakDown(Reasons.of(cause));
    }

    @Override
    public long sequentialID() {
        return id;
    }

    @Override
    public String debug() {
        return toString();
    }

    @Override
    public String toManagementString() {
        return toString();
    }

    @Override
    public String toString() {
        return "reader of " + Names.IN;
    }
}
