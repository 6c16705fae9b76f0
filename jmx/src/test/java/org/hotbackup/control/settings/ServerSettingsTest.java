package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @Test
    @Tag("HB-056")
    void shouldFillInTheDefaultsThatApplyToAMaster() {
        ServerSettings settings = ServerSettings.parse("type=master host=localhost port=2000");

        assertThat(settings.isMaster()).isTrue();
        assertThat(settings.number(ServerSetting.TXLOG_TIMER)).isZero();
        assertThat(settings.number(ServerSetting.CHECK_PERIOD)).isEqualTo(300);
        assertThat(settings.values()).doesNotContainKey(ServerSetting.AUTO_CREATE);
    }

    @Test
    @Tag("HB-060")
    @Tag("HB-061")
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
                "type=slave port=2000 auto-create=maybe|'maybe' is not valid for Auto create; give on or off.",
                "type=slave port=2000 host=a|Host name does not apply to a slave server; leave it out.",
                "type=master host=192.0.2.1 port=2000 insecure=on|An insecure link is refused: '192.0.2.1' is not this"
                        + " machine; use 127.0.0.1 on both sides, or insecure=off.",
                "type=master host=127.0.0.1.evil.example port=2000 insecure=on|An insecure link is refused:"
                        + " '127.0.0.1.evil.example' is not this machine; use 127.0.0.1 on both sides, or insecure=off.",
                "type=slave colour=red|'colour' is not a setting; write key=value with one of type, host, port,"
                        + " check-period, txlog-timer, log-slave-update, notify, apply-updates, auto-create, comments, insecure, values with blanks in double quotes.",
                "type=slave nonsense|'nonsense' is not a setting; write key=value with one of type, host, port,"
                        + " check-period, txlog-timer, log-slave-update, notify, apply-updates, auto-create, comments, insecure, values with blanks in double quotes.",
            })
    @Tag("HB-051")
    @Tag("HB-052")
    @Tag("HB-053")
    @Tag("HB-060")
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
    @ValueSource(ints = {1024, 32767})
    @Tag("HB-053")
    void shouldTakeEveryPortOfTheRange(int port) {
        assertThat(ServerSettings.parse("type=slave port=" + port).number(ServerSetting.PORT))
                .isEqualTo(port);
    }

    @Test
    @Tag("HB-056")
    void shouldTakeACheckPeriodOfNought() {
        ServerSettings settings = ServerSettings.parse("type=master host=a port=2000 check-period=0");

        assertThat(settings.number(ServerSetting.CHECK_PERIOD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ToDev", "fromprod"})
    @Tag("HB-050")
    void shouldTakeAServerNameOfUpToEightLetters(String name) {
        assertThat(ServerSettings.checkedName(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ninechars", "with1", "a b", "ä"})
    @Tag("HB-050")
    void shouldRefuseAServerNameThatIsNotOneToEightLetters(String name) {
        assertThatThrownBy(() -> ServerSettings.checkedName(name)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @Tag("HB-050")
    @ValueSource(strings = {"a", "todev", "fromprod", "ToDev"})
    void shouldTakeAServerNameOfOneToEightLetters(String name) {
        assertThat(ServerSettings.checkedName(name)).isEqualTo(name);
    }

    /** The ends of every range of the manual's form, and what is just beside them. */
    @ParameterizedTest
    @Tag("HB-051")
    @Tag("HB-052")
    @Tag("HB-053")
    @Tag("HB-056")
    @Tag("HB-057")
    @Tag("HB-060")
    @CsvSource({
        "port=1024,port=1023",
        "port=32767,port=32768",
        "port=2000,port=two",
        "check-period=0,check-period=-1",
        "check-period=86400,check-period=86401",
        "txlog-timer=0,txlog-timer=0.5",
        "txlog-timer=3600,txlog-timer=3601",
        "host=standby.example.com,host=a%b",
        "host=10.0.0.2,host=a/b",
    })
    void shouldTakeTheEndsOfEachRangeOfAMasterAndNothingBeside(String valid, String invalid) {
        ServerSettings todev = ServerSettings.parse("type=Master host=standby port=2000");
        String key = valid.substring(0, valid.indexOf('='));

        assertThat(todev.changedBy(valid).get(ServerSetting.ofKey(key).orElseThrow()))
                .isEqualTo(valid.substring(valid.indexOf('=') + 1));
        assertThatThrownBy(() -> todev.changedBy(invalid))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(" is not valid for ");
    }

    @ParameterizedTest
    @Tag("HB-051")
    @Tag("HB-056")
    @Tag("HB-057")
    @Tag("HB-060")
    @CsvSource({
        "type=slave port=2000 host=a,Host name",
        "type=slave port=2000 check-period=300,Check period",
        "type=slave port=2000 txlog-timer=2,TxLog timer",
        "type=master host=a port=2000 auto-create=on,Auto create",
    })
    void shouldRefuseAFieldThatDoesNotApplyToTheType(String text, String field) {
        assertThatThrownBy(() -> ServerSettings.parse(text))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(field + " does not apply to a ");
    }

    @Test
    @Tag("HB-054")
    void shouldNotLetTheProtocolBeChanged() {
        assertThatThrownBy(() -> ServerSettings.parse("type=slave port=2000 protocol=ipx"))
                .isInstanceOf(Refusal.class)
                .hasMessage("The protocol is inet and cannot be modified; leave it out.");
    }

    @Test
    @Tag("HB-061")
    void shouldTakeAnyTextAsComments() {
        assertThat(ServerSettings.parse("type=slave port=2000").get(ServerSetting.COMMENTS))
                .isEmpty();
        assertThat(ServerSettings.parse("type=slave port=2000 comments=\"Büro, 2. Stock: see port=1\"")
                        .get(ServerSetting.COMMENTS))
                .isEqualTo("Büro, 2. Stock: see port=1");
    }

    @Test
    @Tag("HB-093")
    void shouldChangeOnlyWhatIsGiven() {
        ServerSettings todev = ServerSettings.parse("type=master host=standby port=2000 check-period=60");

        ServerSettings moved = todev.changedBy("port=3000");
        assertThat(moved.number(ServerSetting.PORT)).isEqualTo(3000);
        assertThat(moved.number(ServerSetting.CHECK_PERIOD)).isEqualTo(60);
        assertThat(moved.get(ServerSetting.HOST)).isEqualTo("standby");
        assertThat(todev.changedBy("type=master txlog-timer=2").number(ServerSetting.CHECK_PERIOD))
                .isEqualTo(60);
    }

    @Test
    @Tag("HB-093")
    void shouldBeginAnewWithAnotherType() {
        ServerSettings todev = ServerSettings.parse("type=master host=standby port=2000 comments=old");

        ServerSettings slave = todev.changedBy("type=slave port=2001");
        assertThat(slave.isMaster()).isFalse();
        assertThat(slave.get(ServerSetting.COMMENTS)).isEmpty();
        assertThatThrownBy(() -> todev.changedBy("type=slave")).hasMessageContaining("TCP port number is missing");
    }
}
