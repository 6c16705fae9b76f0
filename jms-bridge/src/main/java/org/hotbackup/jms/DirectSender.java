package org.hotbackup.jms;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.hotbackup.replication.LinkDownException;

/** Hands frames to a broker of this JVM, from where the other side takes them. */
final class DirectSender implements JmsLink.Sender {

    private final Session session;
    private final MessageProducer producer;
    private final long sender;
    private final Runnable atEnd;

    /**
     * On an open connection.
     *
     * @param sender this link's number
     * @param atEnd closes the connection and what belongs to it
     */
    DirectSender(Session session, MessageProducer producer, long sender, Runnable atEnd) {
        this.session = session;
        this.producer = producer;
        this.sender = sender;
        this.atEnd = atEnd;
    }

    @Override
    public void send(byte[] frame) throws LinkDownException {
        try {
            FrameParts parts = new FrameParts(session, sender, frame);
            while (parts.hasNext()) {
                producer.send(parts.next());
            }
        } catch (JMSException e) {
            throw new LinkDownException(Reasons.of(e), e);
        }
    }

    /** What is handed to a broker of this JVM is taken at once. */
    @Override
    public boolean isWriting() {
        return false;
    }

    @Override
    public void close() {
        atEnd.run();
    }
}
