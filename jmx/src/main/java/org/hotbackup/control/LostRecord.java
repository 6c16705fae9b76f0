package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * One record of lost+found, as a list shows it (HB-162).
 *
 * @param id its item id: unique, in order of time
 * @param type its type, 1 to 11 (HB-161)
 * @param meaning what the type means
 * @param server the slave server
 * @param transaction the transaction's number
 * @param operation its first operation, or {@code ?}
 * @param message what was wrong
 * @param bytes size of the body
 * @param acknowledged number of the last transaction acknowledged before it
 * @param time when it came here, ISO-8601 in UTC
 */
public record LostRecord(
        String id,
        int type,
        String meaning,
        String server,
        long transaction,
        String operation,
        String message,
        long bytes,
        long acknowledged,
        String time) {

    /** For MXBean tools. */
    @ConstructorParameters({
        "id",
        "type",
        "meaning",
        "server",
        "transaction",
        "operation",
        "message",
        "bytes",
        "acknowledged",
        "time"
    })
    public LostRecord {}

    public String getId() {
        return id;
    }

    public int getType() {
        return type;
    }

    public String getMeaning() {
        return meaning;
    }

    public String getServer() {
        return server;
    }

    public long getTransaction() {
        return transaction;
    }

    public String getOperation() {
        return operation;
    }

    public String getMessage() {
        return message;
    }

    public long getBytes() {
        return bytes;
    }

    public long getAcknowledged() {
        return acknowledged;
    }

    public String getTime() {
        return time;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(id, type, meaning, server, transaction, operation, message, bytes, acknowledged, time);
    }
}
