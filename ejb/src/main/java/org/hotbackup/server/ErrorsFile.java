package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * The file {@code dm,errors} (domain.md 4.6). The id of a record is the internal date, the internal time in five digits
 * and a letter; attribute 1 the message's number, 2 the user, 12 the user's PIB, 13 the sentence. Thread-safe.
 */
@ApplicationScoped
public class ErrorsFile {

    private static final Logger LOGGER = Logger.getLogger(ErrorsFile.class.getName());

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

    /** Records what a user did to the whole node. */
    synchronized void record(String user, MessageCode code, Object... values) {
        String moment = moment(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        int number = 0;
        while (files.read(FILE, id(moment, number)).isPresent()) {
            number++;
        }
        byte[] record = DynamicArray.of(new byte[0])
                .replace(CODE, code.id())
                .replace(USER, user)
                .replace(PIB, Long.toString(Thread.currentThread().getId()))
                .replace(SENTENCE, code.text(values))
                .bytes();
        files.write(FILE, id(moment, number), record);
    }

    /**
     * Records what took effect: it did, whether it can be recorded or not, and who asked is told so.
     *
     * @return that it is done
     */
    OperationReceipt recordDone(String user, MessageCode code, Object... values) {
        try {
            record(user, code, values);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "dm,errors does not take that " + user + " did " + code.id(), e);
            String why = e instanceof Refusal ? e.getMessage() : e.toString();
            return new OperationReceipt(
                    OperationReceipt.Outcome.DONE, code.id(), MessageCode.NOT_RECORDED.text(code.text(values), why));
        }
        return OperationReceipt.done(code, values);
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
