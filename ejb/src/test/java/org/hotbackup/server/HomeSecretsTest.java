package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeSecretsTest {

    @TempDir
    Path home;

    @Test
    void shouldHoldTheSecretsOfTheHomeAndNothingElse() throws Exception {
        Files.writeString(home.resolve("secrets.properties"), "hotbackup.local.secret=one\nhotbackup.odd=two\n");
        Files.writeString(
                home.resolve("node.properties"), "hotbackup.mail.password=three\nhotbackup.mail.host=example.com\n");

        HomeSecrets secrets = new HomeSecrets(home.toString());

        assertThat(secrets.getProperties())
                .containsOnlyKeys("hotbackup.local.secret", "hotbackup.odd", "hotbackup.mail.password")
                .containsEntry("hotbackup.local.secret", "one")
                .containsEntry("hotbackup.mail.password", "three");
        assertThat(secrets.getValue("hotbackup.mail.host")).isNull();
    }

    @Test
    void shouldHoldNoneWithoutAHome() {
        assertThat(new HomeSecrets(null).getPropertyNames()).isEmpty();
        assertThat(new HomeSecrets(home.toString()).getPropertyNames()).isEmpty();
    }
}
