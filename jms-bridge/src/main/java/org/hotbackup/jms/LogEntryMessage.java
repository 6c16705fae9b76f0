package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.hotbackup.txlog.LogEntry;

/** A log entry as a message, and back. */
final class LogEntryMessage {

    /** Artemis' name for a body that is streamed to the broker and not copied before. */
    private static final String BODY_STREAM = "JMS_AMQ_InputStream";

    private LogEntryMessage() {}

    /** The message of an entry; its LSN is what duplicates are recognised by. */
    static BytesMessage of(Session session, LogEntry entry) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.setStringProperty(Message.HDR_DUPLICATE_DETECTION_ID.toString(), Long.toString(entry.lsn()));
        message.setLongProperty(Names.LSN, entry.lsn());
        message.setLongProperty(Names.PREVIOUS_LSN, entry.previousLsn());
        message.setLongProperty(Names.COMMITTED_AT, entry.committedAtMillis());
        if (entry.payload().length > BrokerSettings.JOURNAL_MESSAGE_BYTES) {
            message.setObjectProperty(BODY_STREAM, new ByteArrayInputStream(entry.payload()));
        } else {
            message.writeBytes(entry.payload());
        }
        return message;
    }

    /** The entry of a message that a consumer got; waits until all of a large body has arrived. */
    static LogEntry entry(ClientMessage message) throws ActiveMQException {
        byte[] body;
        if (message.isLargeMessage()) {
            body = new byte[message.getBodySize()];
            message.saveToOutputStream(new Filling(body));
        } else {
            body = bytes(message.getBodyBuffer());
        }
        return entry(message, body);
    }

    /** The entry of a message where it lies in the broker. */
    static LogEntry stored(Message message) {
        return entry(message, bytes(message.toCore().getDataBuffer()));
    }

    static long lsn(Message message) {
        return message.getLongProperty(Names.LSN);
    }

    static long committedAtMillis(Message message) {
        return message.getLongProperty(Names.COMMITTED_AT);
    }

    private static LogEntry entry(Message message, byte[] body) {
        return new LogEntry(
                lsn(message), message.getLongProperty(Names.PREVIOUS_LSN), committedAtMillis(message), body);
    }

    private static byte[] bytes(ActiveMQBuffer buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** Fills an array that is just large enough. */
    private static final class Filling extends OutputStream {

        private final byte[] target;
        private int filled;

        Filling(byte[] target) {
            this.target = target;
        }

        @Override
        public void write(int b) {
            target[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] source, int from, int length) {
            Objects.checkFromIndexSize(from, length, source.length);
            System.arraycopy(source, from, target, filled, length);
            filled += length;
        }
    }
}
