package org.hotbackup.txlog;

/** Updates as bytes and back. */
public final class LogEntryCodec {
    private LogEntryCodec() {}
}
