package org.hotbackup.ordeal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was done when, a line each, in a file and in the test's log; and what was wrong. Thread-safe. */
public final class Journal {

    private static final System.Logger LOG = System.getLogger("ordeal");
    private static final int KEPT = 60;

    private final Path file;
    private final Deque<String> last = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    /** Into this file. */
    public Journal(Path file) {
        this.file = file;
    }

    /** Something was done or seen. */
    public synchronized void say(String text) {
        String line = LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + text;
        LOG.log(System.Logger.Level.INFO, line);
        last.add(line);
        if (last.size() > KEPT) {
            last.remove();
        }
        try {
            Files.writeString(
                    file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something was wrong that no fault explains. */
    public void violation(String text) {
        violations.add(text);
        say("VIOLATION " + text);
    }

    /** Whether nothing was wrong so far. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** All that was wrong, and the last that was done, for people. */
    public synchronized String report() {
        StringBuilder report = new StringBuilder();
        violations.stream().limit(KEPT).forEach(line -> report.append(line).append('\n'));
        report.append("The last that was done, see ").append(file).append(":\n");
        last.forEach(line -> report.append(line).append('\n'));
        return report.toString();
    }
}
