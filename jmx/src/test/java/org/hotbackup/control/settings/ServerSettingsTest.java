package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @Test
    void shouldFillInTheDefaultsThatApplyToAMaster() {
        ServerSettings settings = ServerSettings.parse("type=master host=localhost port=2000");

        assertThat(settings.isMaster()).isTrue();
        assertThat(settings.number(ServerSetting.TXLOG_TIMER)).isZero();
        assertThat(settings.number(ServerSetting.CHECK_PERIOD)).isEqualTo(300);
        assertThat(settings.values()).doesNotContainKey(ServerSetting.AUTO_CREATE);
    }

    @Test
    void shouldTakeAValueWithBlanksInDoubleQuotes() {
        ServerSettings settings = ServerSettings.parse("type=slave comments=\"from the main office\" port=2000\n");

        assertThat(settings.get(ServerSetting.COMMENTS)).isEqualTo("from the main office");
        assertThat(settings.get(ServerSetting.AUTO_CREATE)).isEqualTo("on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=a port=2000|Server type is missing; give master or slave.",
                "type=boss|'boss' is not valid for Server type; give master or slave.",
                "type=master port=2000|Host name is missing; give the host of the slave.",
                "type=master host=a|TCP port number is missing; give a number from 1024 to 32767.",
                "type=slave port=1023|'1023' is not valid for TCP port number; give a number from 1024 to 32767.",
                "type=slave port=32768|'32768' is not valid for TCP port number; give a number from 1024 to 32767.",
                "type=slave port=2000 host=a|Host name does not apply to a slave server; leave it out.",
                "type=master host=192.0.2.1 port=2000 insecure=on|An insecure link is refused: '192.0.2.1' is not this"
                        + " machine; use 127.0.0.1 on both sides, or insecure=off.",
                "type=master host=127.0.0.1.evil.example port=2000 insecure=on|An insecure link is refused:"
                        + " '127.0.0.1.evil.example' is not this machine; use 127.0.0.1 on both sides, or insecure=off.",
                "type=slave colour=red|'colour' is not a setting; write key=value with one of type, host, port,"
                        + " check-period, txlog-timer, log-slave-update, apply-updates, auto-create, comments, insecure, values with blanks in double quotes.",
                "type=slave nonsense|'nonsense' is not a setting; write key=value with one of type, host, port,"
                        + " check-period, txlog-timer, log-slave-update, apply-updates, auto-create, comments, insecure, values with blanks in double quotes.",
            })
    void shouldRefuseWithOneClearSentence(String text, String sentence) {
        assertThatThrownBy(() -> ServerSettings.parse(text))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    void shouldBeInsecureOnlyIfAskedToAndOnThisMachine(String host) {
        String settings = "type=master port=2000 host=" + host;

        assertThat(ServerSettings.parse(settings).isInsecure()).isFalse();
        assertThat(ServerSettings.parse(settings + " insecure=on").isInsecure()).isTrue();
        assertThat(ServerSettings.parse("type=slave port=2000").isInsecure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ninechars", "with1", "a b", "ä"})
    void shouldRefuseAServerNameThatIsNotOneToEightLetters(String name) {
        assertThatThrownBy(() -> ServerSettings.checkedName(name)).isInstanceOf(Refusal.class);
    }
}
