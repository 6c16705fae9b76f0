package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hotbackup.control.settings.ServerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is known to be missing on a slave outlives the master's node, until the slave is found to have it. */
class MissingTest {

    private static final ServerDefinition MASTER =
            ServerDefinition.of("todev", ServerSettings.parse("type=master host=a port=2000"), 5);
    private static final Optional<Missing> CLEARED = Optional.of(new Missing(1_000, 70));

    /** The lag was 0 after the queue was cleared, until the slave was refused; and again after a restart (I9). */
    @Test
    @Tag("HB-125")
    void shouldBeKeptInTheRecord() {
        ServerDefinition behind = MASTER.withMissing(CLEARED);

        assertThat(ServerDefinition.ofItem("todev", behind.toItem())).isEqualTo(behind);
        assertThat(ServerDefinition.ofItem("todev", behind.withStarted(true).toItem())
                        .missing())
                .isEqualTo(CLEARED);
        assertThat(ServerDefinition.ofItem(
                        "todev", behind.withMissing(Optional.empty()).toItem()))
                .isEqualTo(MASTER);
    }

    @Test
    void shouldBeKnownSinceTheFirstTimeAndUpToTheLastLsn() {
        assertThat(Missing.more(Optional.empty(), 1_000, 70)).isEqualTo(CLEARED);
        assertThat(Missing.more(CLEARED, 2_000, 90)).contains(new Missing(1_000, 90));
        assertThat(Missing.more(CLEARED, 2_000, 0)).as("refused").isEqualTo(CLEARED);
    }

    /** A conversation that was placed just before the queue was cleared says nothing about what was cleared. */
    @Test
    void shouldBeOverOnlyForASlaveThatHasWhatWasCleared() {
        assertThat(Missing.placed(CLEARED, 69)).isEqualTo(CLEARED);
        assertThat(Missing.placed(CLEARED, 70)).isEmpty();
        assertThat(Missing.placed(Optional.of(new Missing(1_000, 0)), 3)).isEmpty();
        assertThat(Missing.placed(Optional.empty(), 3)).isEmpty();
    }

    @Test
    void shouldBeKnownOfAServerThatIsStopped() {
        ReplicationServer server =
                new ReplicationServer(MASTER.withMissing(CLEARED), null, null, MovableClock.at("2026-11-21T12:00:00Z"));

        assertThat(server.behindSinceMillis()).isEqualTo(1_000);
    }
}
