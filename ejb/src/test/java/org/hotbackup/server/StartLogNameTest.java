package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code startlog} says of a name that is none. */
class StartLogNameTest {

    /** It said that the host name is missing, of a server that nobody had asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldSayThatTheNameOfTheTapesIsMissing(String name) {
        assertThatThrownBy(() -> new TapeServers().startLog(name))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The tapes' name is missing; give");
    }

    @Test
    void shouldSayWhichNamesThereAre() {
        assertThatThrownBy(() -> new TapeServers().startLog("a/b"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'a/b' is not valid for Tape");
    }
}
