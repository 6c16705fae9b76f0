package org.hotbackup.server;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** A date or time as people give it to find a place in the permanent log (HB-095); UTC, as the log writes it. */
final class LogTime {

    private static final int LAST_YEAR = 9999;

    private LogTime() {}

    /**
     * The moment that is meant: a date begins at midnight, a time is one of today.
     *
     * @throws Refusal if it is neither date nor time
     */
    static Instant parse(String text, Clock clock) {
        String given = text.strip().replace(' ', 'T');
        List<Function<String, Instant>> forms = List.of(
                Instant::parse,
                t -> LocalDateTime.parse(t).toInstant(ZoneOffset.UTC),
                t -> LocalDate.parse(t).atStartOfDay().toInstant(ZoneOffset.UTC),
                t -> LocalTime.parse(t)
                        .atDate(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .toInstant(ZoneOffset.UTC));
        for (Function<String, Instant> form : forms) {
            try {
                return inTheLog(form.apply(given), text);
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new Refusal(MessageCode.LOG_TIME_UNREADABLE, text);
    }

    /** The log is in order of its times as text: years have four digits. */
    private static Instant inTheLog(Instant moment, String text) {
        int year = moment.atZone(ZoneOffset.UTC).getYear();
        if (year < 0 || year > LAST_YEAR) {
            throw new Refusal(MessageCode.LOG_TIME_UNREADABLE, text);
        }
        return moment;
    }
}
