package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.settings.ServerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerDefinitionTest {

    /** Its comment was changed, and that left a gap for what a deleted server had not logged. */
    @Test
    @Tag("HB-015")
    void shouldBeginToPassOnWhenLogSlaveUpdateIsTurnedOn() {
        ServerDefinition off = server("type=slave port=2000 log-slave-update=off");
        ServerDefinition on = server("type=slave port=2000 log-slave-update=on");

        assertThat(on.beginsToPassOn(off)).isTrue();
        assertThat(on.beginsToPassOn(server("type=slave port=2000 log-slave-update=on comments=main")))
                .isFalse();
        assertThat(off.beginsToPassOn(on)).isFalse();
    }

    private static ServerDefinition server(String settings) {
        return ServerDefinition.of("fromprod", ServerSettings.parse(settings), 0);
    }
}
