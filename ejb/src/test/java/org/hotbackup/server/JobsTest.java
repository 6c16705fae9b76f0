package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hotbackup.control.Job;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final String HELPER = "hb*fromprod*12";

    private final FilesInMemory kept = new FilesInMemory();
    private final Jobs jobs =
            new Jobs(kept.files(), Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));

    /** A helper's task that is ended at a start would leave acknowledged updates in its hold file for ever. */
    @Test
    @Tag("HB-019")
    void shouldLeaveHelpersTasksAloneAtTheNodesStart() {
        kept.put(SystemPaths.JOBS, HELPER, "r", "dm", "dm", "hot-backup helper clearing sales,orders");
        String running = jobs.queue("hot-backup start server=fromprod");
        jobs.run(running, 1, 2);

        jobs.begin();
        assertThat(kept.item(SystemPaths.JOBS, HELPER).orElseThrow().extract(1)).isEqualTo("r");
        assertThat(kept.item(SystemPaths.JOBS, running).orElseThrow().extract(1))
                .isEqualTo("e");
        assertThat(jobs.latest(10)).singleElement().extracting(Job::id).isEqualTo(running);
    }

    @Test
    @Tag("HB-171")
    void shouldKeepTheLatestAndEveryHelper() {
        kept.put(SystemPaths.JOBS, HELPER, "r");
        for (int i = 0; i < Jobs.KEPT + 20; i++) {
            jobs.end(jobs.queue("hot-backup start server=s" + i), Jobs.Status.COMPLETED);
        }
        jobs.begin();
        assertThat(kept.ids(SystemPaths.JOBS)).hasSize(Jobs.KEPT + 1).contains(HELPER);
        assertThat(jobs.latest(1)).first().extracting(Job::command).asString().endsWith("server=s" + (Jobs.KEPT + 19));
    }

    /** The oldest went only when the node was started (R17). */
    @Test
    @Tag("HB-171")
    void shouldNotGrowWhileTheNodeRuns() {
        kept.put(SystemPaths.JOBS, HELPER, "r");
        MovableClock clock = MovableClock.at("2026-11-21T10:00:00Z");
        Jobs running = new Jobs(kept.files(), clock);
        int many = 2 * (Jobs.KEPT + Jobs.CUT_EVERY);
        for (int i = 0; i < many; i++) {
            clock.move(Duration.ofSeconds(1));
            running.end(running.queue("hot-backup start server=s" + i), Jobs.Status.COMPLETED);
        }

        assertThat(kept.ids(SystemPaths.JOBS))
                .hasSizeLessThanOrEqualTo(Jobs.KEPT + Jobs.CUT_EVERY)
                .contains(HELPER);
        assertThat(running.latest(2))
                .extracting(Job::command)
                .containsExactly("hot-backup start server=s" + (many - 1), "hot-backup start server=s" + (many - 2));
    }

    /** As times, not as the day and second that the item has. */
    @Test
    @Tag("HB-171")
    void shouldTellWhenAJobRanAndEnded() {
        MovableClock clock = MovableClock.at("2026-11-21T10:00:00Z");
        Jobs jobs = new Jobs(kept.files(), clock);
        String id = jobs.queue("hot-backup start server=todev");
        assertThat(jobs.latest(1)).containsExactly(new Job(id, "q", -1, -1, "", "", "hot-backup start server=todev"));

        clock.move(Duration.ofSeconds(1));
        jobs.run(id, 7, 4711);
        clock.move(Duration.ofDays(1));
        jobs.end(id, Jobs.Status.COMPLETED);

        assertThat(jobs.latest(1))
                .containsExactly(new Job(
                        id,
                        "c",
                        7,
                        4711,
                        "2026-11-21T10:00:01Z",
                        "2026-11-22T10:00:01Z",
                        "hot-backup start server=todev"));
    }
}
