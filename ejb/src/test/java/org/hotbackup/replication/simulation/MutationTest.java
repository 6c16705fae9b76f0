package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation notices each part that is broken on purpose, within a few hundred lives. */
class MutationTest {

    private static final int MOST_LIVES = 400;

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldNoticeWhatIsBroken(Breakage breakage) {
        Optional<InvariantBroken> noticed = Optional.empty();
        for (long seed = 1; noticed.isEmpty() && seed <= MOST_LIVES; seed++) {
            noticed = live(seed, breakage);
        }
        assertThat(noticed)
                .as("what the simulation says of %s", breakage)
                .hasValueSatisfying(broken -> assertThat(broken.invariant()).isIn(breakage.noticedBy()));
    }

    private static Optional<InvariantBroken> live(long seed, Breakage breakage) {
        try {
            Simulation.ofChance(seed, breakage).live();
        } catch (InvariantBroken e) {
            return Optional.of(e);
        } catch (IllegalStateException e) {
            // the part that got the nonsense refused it; another life has to show that the invariants notice as well
            return Optional.empty();
        }
        return Optional.empty();
    }
}
