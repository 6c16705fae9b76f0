package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SetupPageTest {

    @Test
    void shouldFindTheValuesInASetup() {
        assertThat(
                        SetupPage.values(
                                """
                        Server name        todev
                        Server type        master
                        Host name          127.0.0.1
                        TCP port number    2400
                        Protocol           inet
                        Notify list
                        Comments           Server type of comment"""))
                .containsEntry("type", "master")
                .containsEntry("host", "127.0.0.1")
                .containsEntry("port", "2400")
                .containsEntry("notify", "")
                .containsEntry("comments", "Server type of comment")
                .doesNotContainKey("auto-create");
    }
}
