package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {

    private static Properties of(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveADefaultThatIsValid(NodeSetting setting) {
        setting.defaultValue().filter(value -> !value.isEmpty()).ifPresent(value -> assertThat(setting.isValid(value))
                .isTrue());
        assertThat(NodeSetting.ofKey(setting.key())).contains(setting);
    }

    @Test
    void shouldReadWhatIsGivenAndElseTheDefault() {
        NodeSettings given = NodeSettings.of("a file", of("hotbackup.mail.port", " 587 "));
        assertThat(given.number(NodeSetting.MAIL_PORT)).isEqualTo(587);
        assertThat(given.text(NodeSetting.MAIL_FROM)).isEqualTo("hot-backup@localhost");
        assertThat(given.find(NodeSetting.MAIL_HOST)).isEmpty();
        assertThat(given.text(NodeSetting.MAIL_HOST)).isEmpty();
        assertThat(NodeSettings.of("a file", of("hotbackup.mail.port", "")).number(NodeSetting.MAIL_PORT))
                .isEqualTo(25);
        assertThat(NodeSettings.of(key -> Optional.of(" of " + key)).text(NodeSetting.STORE_PASSWORD))
                .as("blanks are part of a password")
                .isEqualTo(" of hotbackup.store.password");
        assertThatThrownBy(() -> given.number(NodeSetting.HTTP_PORT))
                .hasMessage("hotbackup.http.port is missing in a file; give a port number from 1 to 65535.")
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.NODE_SETTING_MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "hotbackup.http.port, http, give a port number from 1 to 65535",
        "hotbackup.http.port, 65536, give a port number from 1 to 65535",
        "hotbackup.jmx.port, 0, give a port number from 1 to 65535",
        "hotbackup.disk.reserve.mb, 1 GB, give megabytes from 1 to 1000000",
        "hotbackup.link.bind, 'here, there', give an address or host name of this machine",
        "hotbackup.store.url, jdbc:oracle:thin, give a JDBC URL that begins with jdbc:h2: or jdbc:postgresql:",
        "hotbackup.mail.tls, ssl, 'give off, starttls, or on'",
        "hotbackup.mail.from, nobody, give a mail address"
    })
    void shouldNameAValueThatCannotBeUsed(String key, String value, String sentence) {
        assertThatThrownBy(() -> NodeSettings.check("node.properties", of(key, value), false))
                .hasMessageStartingWith("'" + value + "' in node.properties is no value of " + key + "; " + sentence)
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.NODE_SETTING_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:5432/hb?user=hb&password=hunter2",
                "jdbc:postgresql://127.0.0.1:5432/hb?sslpassword=hunter2",
                "jdbc:postgresql://hb:hunter2@127.0.0.1:5432/hb",
                "jdbc:h2:file:./data/store;PASSWORD=hunter2",
                "jdbc:oracle:thin://hb:hunter2@127.0.0.1"
            })
    void shouldRefuseAPasswordInTheStoresUrlAndNotRepeatIt(String url) {
        assertThatThrownBy(() -> NodeSettings.check("node.properties", of("hotbackup.store.url", url), false))
                .hasMessageContainingAll(
                        "hotbackup.store.url in node.properties", "hotbackup.store.password in secrets")
                .hasMessageNotContaining("hunter2")
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.STORE_URL_WITH_PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hotbackup.htpp.port", "http.port", "hotbackup.mail.password"})
    void shouldNameAKeyThatDoesNotBelongThere(String key) {
        assertThatThrownBy(() -> NodeSettings.check("node.properties", of(key, "secret"), false))
                .hasMessageStartingWith("'" + key + "' in node.properties is no setting that belongs there; these do: ")
                .hasMessageContaining("hotbackup.http.port")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("store.password");
    }

    @Test
    void shouldTakeEveryKeyWhereItBelongs() {
        for (NodeSetting setting : NodeSetting.values()) {
            Properties properties = of(setting.key(), setting.defaultValue().orElse(""));
            assertThatCode(() -> NodeSettings.check("a file", properties, setting.isSecret()))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> NodeSettings.check("a file", properties, !setting.isSecret()))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(Arrays.stream(NodeSetting.values()).map(NodeSetting::key)).doesNotHaveDuplicates();
    }
}
