package org.hotbackup.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the JDK does not tell of processes that are not our children: one that has ended stays in the system's list, and counts there
 * as alive, until its parent, or whoever took that one's place, asks for its exit status. That may be long.
 */
public final class Processes {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String ENDED = "ZX";

    /** Where the number of threads stands behind the name. */
    private static final int THREADS = 17;

    /** And the time at which it began. */
    private static final int STARTED = 19;

    private Processes() {}

    /** Whether it does anything any more. */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isDefunct(process);
    }

    private static boolean isDefunct(ProcessHandle process) {
        try {
            String[] fields = stat(process);
            // its first thread may have ended before the others, which have its files and ports still
            return ENDED.contains(fields[0]) && Integer.parseInt(fields[THREADS]) <= 1;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return false;
        }
    }

    /** Its state and the fields behind that. */
    private static String[] stat(ProcessHandle process) throws IOException {
        // a name in parentheses, which may hold any character, comes before
        String stat =
                Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /**
     * When it began, in ticks since the machine did. The JDK's time of day is another one after the machine's clock was set.
     *
     * @return 0 if it is gone
     */
    public static long startedTicks(ProcessHandle process) {
        try {
            return Long.parseLong(stat(process)[STARTED]);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Waits until it has ended.
     *
     * @return whether it has
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static boolean awaitEnd(ProcessHandle process, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isAlive(process)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
