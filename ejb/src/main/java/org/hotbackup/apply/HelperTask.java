package org.hotbackup.apply;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * What a helper has to do to one section, so that the slave server need not wait for it (HB-018 to HB-020). Kept in
 * {@code dm,jobs}: a helper that died goes on from there.
 *
 * @param server the slave server that it works for
 * @param file the section
 * @param number its file-of-files number
 * @param phase what is being done
 * @param modulo what the section is to be resized to, 0 if it is not
 */
public record HelperTask(String server, FilePath file, int number, Phase phase, int modulo) {

    /** What is being done to the section. */
    public enum Phase {
        /** Its old items are being deleted; new updates are held. */
        CLEARING,
        /** Held updates are being written to it; new ones are held behind them. */
        MERGING,
        /** It is being resized; updates go to it. */
        RESIZING
    }

    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);
    private static final String ID_PREFIX = "hb*";
    private static final String RUNNING = "r";
    private static final String COMPLETED = "c";
    private static final int STATUS = 1;
    private static final int COMMAND = 4;
    private static final int START_DATE = 7;
    private static final int START_TIME = 8;
    private static final int STOP_DATE = 15;
    private static final int STOP_TIME = 16;
    private static final int SERVER = 20;
    private static final int FILE = 21;
    private static final int NUMBER = 22;
    private static final int PHASE = 23;
    private static final int MODULO = 24;

    /** Whether updates of the section have to be held. */
    public boolean holds() {
        return phase != Phase.RESIZING;
    }

    /** Whether a section is the one that it is about, and not another one under the same path. */
    public boolean isFor(FileDefinition section) {
        return section.number() == number;
    }

    /** Where they are held. */
    public FilePath hold() {
        return SlaveFiles.hold(server, number);
    }

    HelperTask in(Phase next) {
        return new HelperTask(server, file, number, next, modulo);
    }

    HelperTask resizingTo(int newModulo) {
        return new HelperTask(server, file, number, phase, newModulo);
    }

    /** The id of its item in {@code dm,jobs}. */
    ItemId id() {
        return ItemId.of(ID_PREFIX + server + "*" + number);
    }

    /** Its item while it is under way (docs/data-model.md 5, and what it is about from attribute 20 on). */
    byte[] toItem(LocalDateTime now) {
        return attributes(RUNNING)
                .replace(START_DATE, date(now))
                .replace(START_TIME, time(now))
                .bytes();
    }

    /** Its item after it is done. */
    byte[] toCompletedItem(LocalDateTime now) {
        return attributes(COMPLETED)
                .replace(STOP_DATE, date(now))
                .replace(STOP_TIME, time(now))
                .bytes();
    }

    private DynamicArray attributes(String status) {
        return DynamicArray.ofAttributes(status, "dm", "dm", "")
                .replace(COMMAND, "hot-backup helper " + phase.name().toLowerCase(Locale.ROOT) + " " + file)
                .replace(SERVER, server)
                .replace(FILE, file.toString())
                .replace(NUMBER, Integer.toString(number))
                .replace(PHASE, phase.name())
                .replace(MODULO, Integer.toString(modulo));
    }

    private static String date(LocalDateTime now) {
        return Long.toString(now.toLocalDate().toEpochDay() - DAY_ZERO.toEpochDay());
    }

    private static String time(LocalDateTime now) {
        return Integer.toString(now.toLocalTime().toSecondOfDay());
    }

    /**
     * The task of an item of {@code dm,jobs}, empty if it is another job or one that is completed.
     *
     * @throws IllegalArgumentException if it is a helper's and cannot be read
     */
    static Optional<HelperTask> of(StoredItem item) {
        DynamicArray attributes = DynamicArray.of(item.body());
        if (!item.id().toString().startsWith(ID_PREFIX)
                || attributes.extract(STATUS).equals(COMPLETED)) {
            return Optional.empty();
        }
        HelperTask task = new HelperTask(
                attributes.extract(SERVER),
                path(attributes.extract(FILE)),
                Integer.parseInt(attributes.extract(NUMBER)),
                Phase.valueOf(attributes.extract(PHASE)),
                Integer.parseInt(attributes.extract(MODULO)));
        if (!task.id().equals(item.id()) || !attributes.extract(STATUS).equals(RUNNING)) {
            throw new IllegalArgumentException("not the task of helper " + item.id());
        }
        return Optional.of(task);
    }

    private static FilePath path(String text) {
        try {
            return FilePath.parse(text);
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
