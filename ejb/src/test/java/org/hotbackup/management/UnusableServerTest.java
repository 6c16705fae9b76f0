package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UnusableServerTest {

    private static final String SENTENCE = MessageCode.SERVER_UNUSABLE.text("todev", "Attribute 14 is not a number.");

    private final ServerMXBean server = UnusableServer.of("todev", SENTENCE);

    @Test
    @Tag("HB-148")
    void shouldBeThereAndSayWhatRepairsIt() {
        assertThat(server.getName()).isEqualTo("todev");
        assertThat(server.getStatus()).isEqualTo("Stopped");
        assertThat(server.isRunning()).isFalse();
        assertThat(server.getLastMessage())
                .isEqualTo(
                        "Server 'todev' cannot be used, its record in dm,hb.log is corrupt: Attribute 14 is not a"
                                + " number. Delete the record with hot-backup delete hb.log todev and set the server up again.");
        assertThat(server.query()).isEqualTo(SENTENCE);
        assertThat(server.getLagMillis())
                .as("a lag is never 0 because something stopped")
                .isEqualTo(-1);
        assertThat(server.getTcpPort()).isEqualTo(-1);
    }

    @Test
    @Tag("HB-148")
    void shouldRefuseEveryOperationWithThatSentence() {
        OperationReceipt receipt = server.start();

        assertThat(receipt.outcome()).isEqualTo(OperationReceipt.Outcome.REFUSED);
        assertThat(receipt.message()).isEqualTo(SENTENCE);
        assertThat(server.stop("todev")).isEqualTo(receipt);
    }

    @Test
    void shouldHaveNoUptimeBeforeItsNodeIsReady() {
        assertThat(new NodeControl().getUptimeSeconds()).isZero();
    }
}
