package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

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
        String noticed = "";
        for (long seed = 1; noticed.isEmpty() && seed <= MOST_LIVES; seed++) {
            try {
                new Simulation(seed, breakage).live();
            } catch (InvariantBroken | IllegalStateException e) {
                // the latter is said by the broken part itself
                noticed = e.getMessage();
            }
        }
        assertThat(noticed).as("what the simulation says of %s", breakage).isNotEmpty();
    }
}
