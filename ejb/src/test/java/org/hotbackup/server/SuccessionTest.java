package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promotion;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final ServerDefinition SLAVE =
            ServerDefinition.of("fromprod", ServerSettings.parse("type=slave port=2000"), 0);
    private static final Position POSITION = new Position("history", 7, 70);

    @Test
    void shouldKeepAPromotionInTheRecord() {
        ServerDefinition promoted = SLAVE.withSuccession(
                Succession.in(3).with(new Promotion(4, 5, POSITION, 1_700_000_000_000L, "dm", "the master burnt")));

        assertThat(ServerDefinition.ofItem("fromprod", promoted.toItem())).isEqualTo(promoted);
    }

    @Test
    void shouldKeepByWhomAMasterIsSupersededAndHowFarWhatItHasIsKept() {
        ServerDefinition superseded = SLAVE.withSuccession(Succession.in(1)
                .with(new Superseded("node-2", 2, POSITION, 1_700_000_000_000L, 75, new Superseded.GivenUp(80, 5))));

        assertThat(ServerDefinition.ofItem("fromprod", superseded.toItem())).isEqualTo(superseded);
    }

    /** Brought back without a start it could not be asked again: it was taken for any slave server (s7). */
    @Test
    void shouldKeepThatAServerWasBroughtBack() {
        ServerDefinition rejoined = SLAVE.withSuccession(Succession.rejoinedIn(2));

        assertThat(ServerDefinition.ofItem("fromprod", rejoined.toItem())).isEqualTo(rejoined);
        assertThat(rejoined.succession().rejoined()).isTrue();
    }

    @Test
    void shouldKnowNothingOfARecordThatSaysNothing() {
        assertThat(ServerDefinition.ofItem("fromprod", SLAVE.toItem()).succession())
                .isEqualTo(Succession.in(1));
    }
}
