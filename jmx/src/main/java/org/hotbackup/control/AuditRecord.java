package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A record of the audit: somebody asked for something. An operation has two, one when it is begun and one with what became of
 * it; one that was not begun has one.
 *
 * @param number from 1, without gaps
 * @param time when it was written, ISO-8601 in UTC
 * @param user who asked; empty if it was nobody known
 * @param surface by which he came: {@code jmx}, {@code cli}, {@code web} or {@code rest}
 * @param address the host that he came from, empty if it is not known
 * @param bean what he asked, for example {@code Server todev}
 * @param operation what for
 * @param arguments as {@code name=value}; secrets as three stars, long ones cut
 * @param outcome {@code BEGUN}, {@code DONE}, {@code ACCEPTED}, {@code REFUSED} or {@code FAILED}
 * @param messageId number of the answer's message in the catalogue; empty if there is none
 * @param message the answer; empty if there is none, or it is a secret
 * @param begun number of the record of its beginning; 0 if this is that, or it was not begun
 * @param times how often this happened: more than once if many of the same are told in one record
 * @param hash SHA-256, in hex, over the hash of the record before and all of this one
 */
public record AuditRecord(
        long number,
        String time,
        String user,
        String surface,
        String address,
        String bean,
        String operation,
        String arguments,
        String outcome,
        String messageId,
        String message,
        long begun,
        long times,
        String hash) {

    /** It was begun, and what became of it stands in a later record: if in none, the node ended meanwhile. */
    public static final String BEGUN = "BEGUN";

    /** A fault of ours ended it: what was done of it is not known. */
    public static final String FAILED = "FAILED";

    /** For MXBean tools. */
    @ConstructorParameters({
        "number",
        "time",
        "user",
        "surface",
        "address",
        "bean",
        "operation",
        "arguments",
        "outcome",
        "messageId",
        "message",
        "begun",
        "times",
        "hash"
    })
    public AuditRecord {}

    /** The same record under this number, with this hash. */
    public AuditRecord sealed(long newNumber, String newHash) {
        return new AuditRecord(
                newNumber, time, user, surface, address, bean, operation, arguments, outcome, messageId, message, begun,
                times, newHash);
    }

    public long getNumber() {
        return number;
    }

    public String getTime() {
        return time;
    }

    public String getUser() {
        return user;
    }

    public String getSurface() {
        return surface;
    }

    public String getAddress() {
        return address;
    }

    public String getBean() {
        return bean;
    }

    public String getOperation() {
        return operation;
    }

    public String getArguments() {
        return arguments;
    }

    public String getOutcome() {
        return outcome;
    }

    public String getMessageId() {
        return messageId;
    }

    public String getMessage() {
        return message;
    }

    public long getBegun() {
        return begun;
    }

    public long getTimes() {
        return times;
    }

    public String getHash() {
        return hash;
    }

    /** One line for scripts; the hash last. */
    @Override
    public String toString() {
        return TextLine.of(
                number, time, user, surface, address, bean, operation, arguments, outcome, messageId, message, begun,
                times, hash);
    }
}
