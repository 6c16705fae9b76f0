package org.hotbackup.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does what timers are for, and lets no failure out: a container takes a timer away whose method fails twice in a row. A
 * failure stands in the node's log once, until the work succeeds again. Thread-safe.
 */
final class TimedWork {

    private static final Logger LOGGER = Logger.getLogger(TimedWork.class.getName());

    private final Map<String, String> failing = new ConcurrentHashMap<>();

    /**
     * Does it; returns normally whatever comes of it, because its timer does it again.
     *
     * @param what it, for the node's log
     */
    void run(String what, Runnable work) {
        try {
            work.run();
            if (failing.remove(what) != null) {
                LOGGER.log(Level.INFO, "{0} goes on", what);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            String failure = e.toString();
            if (!failure.equals(failing.put(what, failure))) {
                LOGGER.log(Level.SEVERE, what + " failed; it is tried again at its next time", e);
            }
        }
    }
}
