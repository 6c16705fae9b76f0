package org.hotbackup.menu;

import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;

/** A log as {@link LogReader} asks for it; all operations are those of {@link PermanentLogMXBean}. */
interface MessageLog {

    LogPage back(String before, int limit);

    LogPage next(String after, int limit);

    LogPage from(String when, int limit);

    String placeOf(String when);

    LogPage search(String text, String after, int limit);

    /** The permanent log of a node's servers. */
    static MessageLog of(PermanentLogMXBean log) {
        return new MessageLog() {
            @Override
            public LogPage back(String before, int limit) {
                return log.back(before, limit);
            }

            @Override
            public LogPage next(String after, int limit) {
                return log.next(after, limit);
            }

            @Override
            public LogPage from(String when, int limit) {
                return log.from(when, limit);
            }

            @Override
            public String placeOf(String when) {
                return log.placeOf(when);
            }

            @Override
            public LogPage search(String text, String after, int limit) {
                return log.search(text, after, limit);
            }
        };
    }
}
