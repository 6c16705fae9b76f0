package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerifiedCallersTest {

    private static final String RIGHT = "right:password";

    private final AtomicInteger asked = new AtomicInteger();
    private final VerifiedCallers verified = new VerifiedCallers();

    VerifiedCallersTest() {
        verified.callers = (user, password) -> {
            asked.incrementAndGet();
            return user.startsWith("dm") && password.equals(RIGHT) ? Optional.of(Set.of("admin")) : Optional.empty();
        };
    }

    @Test
    void shouldAskOnceForACallerWhoComesBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(verified.roles("dm", RIGHT)).contains(Set.of("admin"));
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTellUsersApartWhoseNamesAndPasswordsLookAlike() {
        assertThat(verified.roles("dm", RIGHT)).isPresent();

        assertThat(verified.roles("d", "m" + RIGHT)).isEmpty();
        assertThat(verified.roles("dm", RIGHT + " ")).isEmpty();
        assertThat(verified.roles("dmr", RIGHT.substring(1))).isEmpty();
        assertThat(asked).hasValue(4);
    }

    @Test
    void shouldStopAskingForAUserWhosePasswordIsBeingGuessed() {
        for (int i = 0; i < 100; i++) {
            assertThat(verified.roles("dm", "guess " + i)).isEmpty();
        }

        assertThat(asked).hasValueLessThan(10);
        assertThat(verified.roles("dm", RIGHT))
                .as("not even the right one, for a while")
                .isEmpty();
        assertThat(verified.roles("dm2", RIGHT)).as("somebody else").isPresent();
    }

    @Test
    void shouldLetInWhoWasVerifiedWhileSomebodyGuesses() {
        assertThat(verified.roles("dm", RIGHT)).isPresent();
        for (int i = 0; i < 100; i++) {
            assertThat(verified.roles("dm", "guess " + i)).isEmpty();
        }

        assertThat(verified.roles("dm", RIGHT)).isPresent();
    }

    @Test
    void shouldForgetFailuresAfterASuccess() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(verified.roles("dm", "round " + round + " guess " + i))
                        .isEmpty();
            }
            assertThat(verified.roles("dm", RIGHT)).as("round %d", round).isPresent();
        }
    }

    /** Names that nobody has cost nothing to invent. */
    @Test
    void shouldNotForgetWhosePasswordIsGuessedBecauseOfInventedNames() {
        for (int i = 0; i < 10; i++) {
            assertThat(verified.roles("dm", "guess " + i)).isEmpty();
        }
        int before = asked.get();
        for (int i = 0; i < 5_000; i++) {
            assertThat(verified.roles("stranger " + i, "x")).isEmpty();
        }
        assertThat(asked).hasValue(before + 5_000);

        assertThat(verified.roles("dm", RIGHT)).as("still blocked").isEmpty();
        assertThat(asked).hasValue(before + 5_000);
    }

    @Test
    void shouldNotForgetWhoIsVerifiedBecauseOfInventedNames() {
        assertThat(verified.roles("dm", RIGHT)).isPresent();
        for (int i = 0; i < 5_000; i++) {
            assertThat(verified.roles("stranger " + i, "x")).isEmpty();
        }
        assertThat(verified.roles("dm", RIGHT)).isPresent();
        assertThat(asked).hasValue(5_001);
    }

    @Test
    void shouldNotGrowWithTheNamesThatStrangersTry() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(verified.roles("stranger " + i, "x")).isEmpty();
            assertThat(verified.remembered()).isLessThanOrEqualTo(1_001);
        }
        assertThat(asked).hasValue(5_000);
    }
}
