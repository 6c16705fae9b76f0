package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import org.junit.jupiter.api.Test;

class TwoNodesOptionTest {

    /** It was said when the slave server was stopped and the master's queue made anew. */
    @Test
    void shouldSayThatAnAddressIsNoneBeforeAnyNodeIsAsked() {
        CommandLineTester said = hotBackup(
                "resync",
                "--master",
                "none",
                "--slave",
                "nowhere",
                "--call",
                "tunnel",
                "--confirm",
                "x",
                "--reason",
                "y");
        assertThat(said.status()).isNotZero();
        assertThat(said.err()).contains("Write --call HOST:PORT.");
    }
}
