package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimedWorkTest {

    private final Logger logger = Logger.getLogger(TimedWork.class.getName());
    private final List<Level> logged = new ArrayList<>();
    private final TimedWork timedWork = new TimedWork();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }

    /** A container takes a timer away that failed twice in a row: the check period was over for good (R15). */
    @Test
    void shouldLetNoFailureReachItsTimerAndSayEachOnce() {
        for (int i = 0; i < 3; i++) {
            timedWork.run("a check", () -> {
                throw new IllegalStateException("the store is away");
            });
        }
        timedWork.run("another check", () -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertThat(logged).containsExactly(Level.SEVERE, Level.SEVERE);

        List<String> done = new ArrayList<>();
        timedWork.run("a check", () -> done.add("done"));
        timedWork.run("a check", () -> done.add("done"));
        assertThat(done).hasSize(2);
        assertThat(logged).containsExactly(Level.SEVERE, Level.SEVERE, Level.INFO);
    }
}
