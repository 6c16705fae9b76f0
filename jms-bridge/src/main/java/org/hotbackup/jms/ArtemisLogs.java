package org.hotbackup.jms;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;

/**
 * What of Artemis' log is worth a line. By default it writes several lines for each message (its audit), two warnings for
 * each queue without dead letters, which is what we want, and two lines for each duplicate, which is expected after a
 * crash. A stranger who calls and calls again gets one line a minute, in words that help. Thread-safe.
 */
final class ArtemisLogs implements Filter {

    // kept, because a logger that nobody refers to forgets its settings
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");
    private static final Logger SERVER = Logger.getLogger("org.apache.activemq.artemis.core.server");

    private static final Pattern NOTHING_NEW = Pattern.compile("AMQ22(2165|2166|2059)\\b.*", Pattern.DOTALL);
    private static final Pattern HANDSHAKE_FAILED = Pattern.compile(
            "AMQ222208: SSL handshake failed for client from (.*):\\d+: (?:javax.net.ssl.)?(.*?)\\.?", Pattern.DOTALL);
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CALLERS = 100;

    private final LongSupplier nanoTime;
    private final Map<String, Long> saidAt = new LinkedHashMap<>();

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
        Matcher failed = HANDSHAKE_FAILED.matcher(text);
        if (!failed.matches()) {
            return true;
        }
        String caller = failed.group(1);
        String reason = failed.group(2);
        MessageCode code =
                reason.contains("Received fatal alert") ? MessageCode.CALLER_HUNG_UP : MessageCode.CALLER_REFUSED;
        line.setMessage(code.id() + " " + code.text(caller, reason));
        return isDue(caller);
    }

    private synchronized boolean isDue(String caller) {
        long now = nanoTime.getAsLong();
        Long before = saidAt.get(caller);
        if (before != null && now - before < AGAIN_NANOS) {
            return false;
        }
        saidAt.remove(caller);
        saidAt.put(caller, now);
        if (saidAt.size() > MOST_CALLERS) {
            saidAt.remove(saidAt.keySet().iterator().next());
        }
        return true;
    }
}
