package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.store.SlaveAppliers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HelpersTest {

    private static final Logger HELPERS = Logger.getLogger(Helpers.class.getName());
    private static final FilePath FILE = FilePath.data("world", "countries");

    private final AtomicInteger steps = new AtomicInteger();
    private volatile String trouble = "the disk is full";
    private final AtomicLong now = new AtomicLong();
    private final List<Thread> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private final SlaveAppliers appliers = new SlaveAppliers() {
        private volatile boolean done;

        @Override
        public Collection<HelperTask> helperTasks() {
            return done ? List.of() : List.of(new HelperTask("fromprod", FILE, 7, HelperTask.Phase.CLEARING, 0));
        }

        @Override
        public boolean helperStep(FilePath file) {
            steps.incrementAndGet();
            if (!trouble.isEmpty()) {
                throw new IllegalStateException(trouble);
            }
            done = true;
            return false;
        }
    };

    private final Helpers helpers = new Helpers(
            appliers,
            task -> {
                Thread thread = new Thread(task);
                started.add(thread);
                return thread;
            },
            now::get);

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        HELPERS.setLevel(Level.OFF);
    }

    private void lookEverySecond(int seconds) throws InterruptedException {
        for (int i = 0; i < seconds; i++) {
            now.addAndGet(1_000);
            helpers.look("fromprod", (code, values) -> said.add(code + " " + values[1]));
            for (Thread helper : started) {
                helper.join();
            }
        }
    }

    /** Engine review, finding 13: it was started, and said to have died, every second. */
    @Test
    void shouldStartAHelperThatDiesLessAndLessOftenAndSayEachReasonOnce() throws InterruptedException {
        lookEverySecond(600);
        assertThat(steps.get()).isBetween(10, 20);
        assertThat(said).containsExactly(MessageCode.HELPER_DIED + " the disk is full");

        trouble = "a lock is held";
        lookEverySecond(600);
        assertThat(said)
                .containsExactly(
                        MessageCode.HELPER_DIED + " the disk is full", MessageCode.HELPER_DIED + " a lock is held");

        trouble = "";
        lookEverySecond(61);
        assertThat(appliers.helperTasks()).isEmpty();
    }
}
