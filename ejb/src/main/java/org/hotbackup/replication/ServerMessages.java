package org.hotbackup.replication;

import org.hotbackup.control.messages.MessageCode;

/** Where a session says what people should know: status, permanent log, notify list. */
@FunctionalInterface
public interface ServerMessages {

    /** Says a message of the catalogue. */
    void say(MessageCode code, Object... values);
}
