package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserTest {

    /** Seed 2027: a write that is excluded from logging goes to another resource, and met a master that was superseded. */
    @Test
    void shouldTryLaterWhatAClosedNodeRefusesAtAnyResource() {
        assertThat(User.isForLater(new UnexpectedAnswer(409, "{\"type\":\"/problems/" + User.CLOSED + "\"}")))
                .isTrue();
        assertThat(User.isForLater(new UnexpectedAnswer(409, "{\"type\":\"/problems/HB1010\"}")))
                .isFalse();
    }
}
