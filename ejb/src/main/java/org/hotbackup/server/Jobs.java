package org.hotbackup.server;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.Job;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * The jobs of this node, items of {@code dm,jobs} with a stamp of date and time as their id: each run of a server is one
 * (HB-171). The helpers' items beside them outlive the process and are not touched. A job that cannot be written down
 * runs nevertheless, and the node's log says so. Thread-safe.
 */
public final class Jobs {

    private static final Logger LOGGER = Logger.getLogger(Jobs.class.getName());

    /** How many are kept; the oldest go at the node's start and after each {@link #CUT_EVERY}. */
    static final int KEPT = 500;

    /** After so many new ones the oldest go. */
    static final int CUT_EVERY = 100;

    /** What has become of a job, as attribute 1 of its item says. */
    enum Status {
        COMPLETED("c"),
        ERROR("e"),
        LOGGED_OFF("l"),
        QUEUED("q"),
        RUNNING("r"),
        SCHEDULED("s");

        private final String letter;

        Status(String letter) {
            this.letter = letter;
        }

        private static Optional<Status> of(String letter) {
            return Arrays.stream(values()).filter(s -> s.letter.equals(letter)).findFirst();
        }
    }

    private static final int STATUS = 1;
    private static final int USER = 2;
    private static final int MD = 3;
    private static final int COMMAND = 4;
    private static final int OUTPUT = 5;
    private static final int START_DATE = 7;
    private static final int START_TIME = 8;
    private static final int TCL_COMMAND = 9;
    private static final int PIB = 12;
    private static final int STOP_DATE = 15;
    private static final int STOP_TIME = 16;
    private static final int PID = 17;

    private static final Pattern STAMP = Pattern.compile("[0-9]{10}Z*[A-Z]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String ACCOUNT = "dm";
    private static final int PAGE = 200;
    private static final int LETTERS = 26;

    /** Day 0 of internal dates. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1967, 12, 31);

    private final SystemFiles files;
    private final Clock clock;
    private final List<String> brokenOff = new ArrayList<>();
    private long queued;

    Jobs(SystemFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * A job that waits for its phantom.
     *
     * @return its id
     */
    synchronized String queue(String command) {
        LocalDateTime now = now();
        String stamp = String.format("%05d%05d", date(now), time(now));
        int n = 0;
        while (read(stamp + letter(n)).isPresent()) {
            n++;
        }
        String id = stamp + letter(n);
        DynamicArray item = DynamicArray.of(new byte[0])
                .replace(STATUS, Status.QUEUED.letter)
                .replace(USER, ACCOUNT)
                .replace(MD, ACCOUNT)
                .replace(COMMAND, command)
                .replace(OUTPUT, "n")
                .replace(TCL_COMMAND, command);
        write(id, item);
        cutNowAndThen();
        return id;
    }

    private static String letter(int n) {
        return "Z".repeat(n / LETTERS) + (char) ('A' + n % LETTERS);
    }

    /** Its phantom runs. */
    synchronized void run(String id, long pib, long pid) {
        LocalDateTime now = now();
        change(id, item -> item.replace(STATUS, Status.RUNNING.letter)
                .replace(START_DATE, Long.toString(date(now)))
                .replace(START_TIME, Long.toString(time(now)))
                .replace(PIB, Long.toString(pib))
                .replace(PID, Long.toString(pid)));
    }

    /** Its phantom is no more. */
    synchronized void end(String id, Status how) {
        LocalDateTime now = now();
        change(id, item -> item.replace(STATUS, how.letter)
                .replace(STOP_DATE, Long.toString(date(now)))
                .replace(STOP_TIME, Long.toString(time(now))));
    }

    /** At the node's start: what seems to wait or to run ended with the process before, and the oldest are deleted. */
    synchronized void begin() {
        List<String> ids = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (StoredItem job : all()) {
            ids.add(job.id().toString());
            if (isOpen(job)) {
                open.add(job.id().toString());
                brokenOff.add(DynamicArray.of(job.body()).extract(COMMAND));
            }
        }
        open.forEach(id -> end(id, Status.ERROR));
        cut(ids);
    }

    /** The commands of those that seemed to wait or to run at the node's start, oldest first. */
    synchronized List<String> brokenOff() {
        return List.copyOf(brokenOff);
    }

    private static boolean isOpen(StoredItem job) {
        Optional<Status> status = Status.of(DynamicArray.of(job.body()).extract(STATUS));
        return status.filter(s -> s == Status.QUEUED || s == Status.RUNNING).isPresent();
    }

    private void cut(List<String> ids) {
        List<ItemId> oldest = ids.stream()
                .limit(Math.max(0, ids.size() - KEPT))
                .map(ItemId::of)
                .toList();
        if (!oldest.isEmpty()) {
            files.deleteAll(SystemPaths.JOBS, oldest);
        }
    }

    /** A node that runs for years starts servers again and again. */
    private void cutNowAndThen() {
        queued++;
        if (queued % CUT_EVERY == 0) {
            try {
                cut(all().stream()
                        .filter(job -> !isOpen(job))
                        .map(job -> job.id().toString())
                        .toList());
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "old jobs cannot be deleted: {0}", e.getMessage());
            }
        }
    }

    /** The latest jobs, most recent first. */
    List<Job> latest(int lines) {
        List<Job> latest = new ArrayList<>();
        List<StoredItem> page = files.itemsBefore(SystemPaths.JOBS, null, PAGE);
        while (!page.isEmpty() && latest.size() < lines) {
            for (int i = page.size() - 1; i >= 0 && latest.size() < lines; i--) {
                StoredItem job = page.get(i);
                if (STAMP.matcher(job.id().toString()).matches()) {
                    latest.add(job(job));
                }
            }
            page = files.itemsBefore(SystemPaths.JOBS, page.get(0).id(), PAGE);
        }
        return latest;
    }

    private static Job job(StoredItem item) {
        DynamicArray job = DynamicArray.of(item.body());
        return new Job(
                item.id().toString(),
                job.extract(STATUS),
                number(job.extract(PIB)),
                number(job.extract(PID)),
                instant(job.extract(START_DATE), job.extract(START_TIME)),
                instant(job.extract(STOP_DATE), job.extract(STOP_TIME)),
                job.extract(COMMAND));
    }

    private static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    /** An internal date and time as ISO-8601; empty if one of them is none. */
    private static String instant(String date, String time) {
        long day = number(date);
        long second = number(time);
        return day < 0 || second < 0
                ? ""
                : DAY_ZERO.plusDays(day)
                        .atStartOfDay()
                        .plusSeconds(second)
                        .toInstant(ZoneOffset.UTC)
                        .toString();
    }

    private List<StoredItem> all() {
        List<StoredItem> all = new ArrayList<>();
        List<StoredItem> page = files.items(SystemPaths.JOBS, null, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(job -> STAMP.matcher(job.id().toString()).matches())
                    .forEach(all::add);
            page = files.items(SystemPaths.JOBS, page.get(page.size() - 1).id(), PAGE);
        }
        return all;
    }

    /** Changes a job that was written down. */
    private void change(String id, UnaryOperator<DynamicArray> change) {
        read(id).ifPresent(item -> write(id, change.apply(item)));
    }

    private Optional<DynamicArray> read(String id) {
        try {
            return files.read(SystemPaths.JOBS, ItemId.of(id)).map(DynamicArray::of);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "job {0} cannot be read: {1}", new Object[] {id, e.getMessage()});
            return Optional.empty();
        }
    }

    private void write(String id, DynamicArray item) {
        try {
            files.write(SystemPaths.JOBS, ItemId.of(id), item.bytes());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "job {0} cannot be written down: {1}", new Object[] {id, e.getMessage()});
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static long date(LocalDateTime time) {
        return time.toLocalDate().toEpochDay() - DAY_ZERO.toEpochDay();
    }

    private static long time(LocalDateTime time) {
        return time.toLocalTime().toSecondOfDay();
    }
}
