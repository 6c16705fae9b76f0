package org.hotbackup.management;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.LogTapeReplay.Range;

/** Which part of a log tape is asked for, as somebody typed it. */
final class LogTapeRange {

    private LogTapeRange() {}

    /**
     * Reads it; what is empty is not asked for.
     *
     * @param zone of a time that names none
     * @throws Refusal if an LSN or the time is none
     */
    static Range of(String from, String to, String until, ZoneId zone) {
        return new Range(lsn(from), lsn(to), time(until, zone));
    }

    private static OptionalLong lsn(String given) {
        String text = given.strip();
        if (text.isEmpty()) {
            return OptionalLong.empty();
        } else if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(MessageCode.LOG_TAPE_BAD_LSN, given);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static OptionalLong time(String given, ZoneId zone) {
        String text = given.strip().replace(' ', 'T');
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            boolean local = text.matches("[^Z+]*T[^Z+-]*");
            return OptionalLong.of(
                    local
                            ? LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli()
                            : OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            throw new Refusal(MessageCode.LOG_TAPE_BAD_TIME, given);
        }
    }
}
