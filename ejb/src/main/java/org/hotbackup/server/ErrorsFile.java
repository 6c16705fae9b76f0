package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.store.SystemItem;

/**
 * The file {@code dm,errors} (docs/data-model.md 5). The id of a record is the internal date, the internal time in five
 * digits and a letter; attribute 1 the message's number, 2 the user, 12 the user's PIB, 13 the sentence. Thread-safe.
 */
@ApplicationScoped
public class ErrorsFile {

    /** Where it is. */
    static final FilePath FILE = FilePath.data("dm", "errors");

    /** Day 0 of internal dates. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    private static final int CODE = 1;
    private static final int USER = 2;
    private static final int PIB = 12;
    private static final int SENTENCE = 13;
    private static final int LETTERS = 26;

    private final Clock clock = Clock.systemUTC();

    @Inject
    SystemFiles files;

    /** Makes the record of something that is done, to be written in the transaction in which it is done. */
    @FunctionalInterface
    public interface Recording {

        /** The record with this message. */
        SystemItem of(MessageCode code, Object... values);
    }

    /**
     * Does something and records it in its transaction, so that there are both or neither; nobody else does meanwhile.
     *
     * @param user who does it
     * @param doing writes one record at most
     */
    public synchronized <T> T recording(String user, Function<Recording, T> doing) {
        return doing.apply(by(user));
    }

    /** A record's making while nobody else can record anything. */
    public Recording by(String user) {
        String moment = moment(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        int number = 0;
        while (files.read(FILE, id(moment, number)).isPresent()) {
            number++;
        }
        ItemId id = id(moment, number);
        return (code, values) -> new SystemItem(
                FILE,
                id,
                DynamicArray.of(new byte[0])
                        .replace(CODE, code.id())
                        .replace(USER, user)
                        .replace(PIB, Long.toString(Thread.currentThread().getId()))
                        .replace(SENTENCE, code.text(values))
                        .bytes());
    }

    /** Internal date and internal time of a moment. */
    static String moment(LocalDateTime moment) {
        return moment.toLocalDate().toEpochDay()
                - DAY_ZERO.toEpochDay()
                + String.format("%05d", moment.toLocalTime().toSecondOfDay());
    }

    /** The id of the record of this number within a second: a, b, ... z, za, zb, ... */
    static ItemId id(String moment, int number) {
        return ItemId.of(moment + "z".repeat(number / LETTERS) + (char) ('a' + number % LETTERS));
    }
}
