package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.junit.jupiter.api.Test;

/** What leaves the node for whoever helps from afar holds no secret, wherever it stood. */
class NodeSecretsTest {

    private static final NodeSettings SETTINGS = NodeSettings.of(key -> Optional.ofNullable(
            Map.of(NodeSetting.LOCAL_SECRET.key(), "c2VjcmV0LW9mLWxvY2Fs").get(key)));

    private final NodeSecrets secrets = NodeSecrets.of(SETTINGS);

    @Test
    void shouldHideWhatIsASecretOfTheNode() {
        assertThat(secrets.hiddenIn("GET /x failed for c2VjcmV0LW9mLWxvY2Fs: closed"))
                .isEqualTo("GET /x failed for (hidden): closed");
    }

    @Test
    void shouldHideWhatIsAssignedAsASecret() {
        assertThat(secrets.hiddenIn("jdbc:postgresql://db/hb?user=hb&password=hush&ssl=true"))
                .isEqualTo("jdbc:postgresql://db/hb?user=hb&password=(hidden)&ssl=true");
        assertThat(secrets.hiddenIn("jdbc:h2:file:./data;PASSWORD=hush;MODE=x"))
                .isEqualTo("jdbc:h2:file:./data;PASSWORD=(hidden);MODE=x");
        assertThat(secrets.hiddenIn("hotbackup.mail.password=(hidden)")).isEqualTo("hotbackup.mail.password=(hidden)");
    }

    @Test
    void shouldLeaveTheRestAsItIs() {
        String text = "User name or password is wrong. HB1021\nname=todev\n";
        assertThat(secrets.hiddenIn(text)).isEqualTo(text);
    }
}
