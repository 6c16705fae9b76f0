package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedCallersTest {

    private final VerifiedCallers callers = new VerifiedCallers();
    private int asked;

    @BeforeEach
    void knowDm() {
        callers.callers = (user, password) -> {
            asked++;
            return user.equals("dm") && password.equals("right") ? Optional.of(Set.of("admin")) : Optional.empty();
        };
    }

    @Test
    void shouldRememberWhoWasVerified() {
        assertThat(callers.roles("dm", "right")).contains(Set.of("admin"));
        assertThat(callers.roles("dm", "right")).contains(Set.of("admin"));

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAWrongPasswordForARememberedOne() {
        callers.roles("dm", "right");

        assertThat(callers.roles("dm", "wrong")).isEmpty();
        assertThat(callers.roles("d", "mright")).isEmpty();
    }

    @Test
    void shouldStopAskingForAUserWhosePasswordIsTriedAgainAndAgain() {
        for (int i = 0; i < 50; i++) {
            assertThat(callers.roles("dm", "guess " + i)).isEmpty();
        }

        assertThat(asked).isLessThan(10);
        assertThat(callers.roles("somebody else", "guess")).isEmpty();
        assertThat(asked).isLessThan(11);
    }

    @Test
    void shouldLetARememberedUserInWhileSomebodyGuesses() {
        callers.roles("dm", "right");
        for (int i = 0; i < 50; i++) {
            callers.roles("dm", "guess " + i);
        }

        assertThat(callers.roles("dm", "right")).contains(Set.of("admin"));
    }
}
