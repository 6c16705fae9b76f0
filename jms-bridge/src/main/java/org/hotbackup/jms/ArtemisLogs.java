package org.hotbackup.jms;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of Artemis' log is worth a line. By default it writes several lines for each message (its audit), two warnings for
 * each queue without dead letters, which is what we want, and two lines for each duplicate, which is expected after a
 * crash. Who is turned away at a slave server's port stands in the permanent log; a peer that is let in and says nothing,
 * or calls again and again, gets one line a minute. Thread-safe.
 */
final class ArtemisLogs implements Filter {

    // kept, because a logger that nobody refers to forgets its settings
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");
    private static final Logger SERVER = Logger.getLogger("org.apache.activemq.artemis.core.server");

    private static final Pattern NOTHING_NEW = Pattern.compile("AMQ22(2165|2166|2059|2206|2208)\\b.*", Pattern.DOTALL);
    private static final Pattern OF_CALLERS = Pattern.compile("(AMQ22(4088|4126|2061|2107))\\b.*", Pattern.DOTALL);
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final Map<String, Long> saidAt = new HashMap<>();

    ArtemisLogs(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** For this JVM, from now on. */
    static void quieten() {
        AUDIT.setLevel(Level.OFF);
        SERVER.setFilter(new ArtemisLogs(System::nanoTime));
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String text = String.valueOf(line.getMessage());
        if (NOTHING_NEW.matcher(text).matches()) {
            return false;
        }
        Matcher ofCallers = OF_CALLERS.matcher(text);
        return !ofCallers.matches() || isDue(ofCallers.group(1));
    }

    private synchronized boolean isDue(String id) {
        long now = nanoTime.getAsLong();
        Long before = saidAt.get(id);
        if (before != null && now - before < AGAIN_NANOS) {
            return false;
        }
        saidAt.put(id, now);
        return true;
    }
}
