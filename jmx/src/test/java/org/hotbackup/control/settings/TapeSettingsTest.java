package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("TS-008")
class TapeSettingsTest {

    private static final String OUTPUT = "direction=output host=backup port=2000 pipe=/dev/pipeout";

    @Test
    void shouldTakeTheFieldsOfBothDirectionsWithTheirDefaults() {
        TapeSettings output = TapeSettings.parse(OUTPUT);
        assertThat(output.isOutput()).isTrue();
        assertThat(output.number(TapeSetting.BLOCK_SIZE)).isEqualTo(512);
        assertThat(output.number(TapeSetting.CALL_ATTEMPTS)).isZero();
        assertThat(output.get(TapeSetting.LINKED)).isEqualTo("off");
        TapeSettings input = TapeSettings.parse("port=2000 pipe=in comments=\"for the night\" direction=input");
        assertThat(input.isOutput()).isFalse();
        assertThat(input.get(TapeSetting.HOST)).isEmpty();
        assertThat(TapeSettings.parse(input.text()).values()).isEqualTo(input.values());
    }

    @Test
    void shouldTakeNoPipeForAServerThatIsLinkedToTheTransactionLogger() {
        TapeSettings linked = TapeSettings.parse("direction=output host=backup port=2000 linked=on");
        assertThat(linked.isLinked()).isTrue();
        assertThat(linked.values()).doesNotContainKey(TapeSetting.PIPE);
        assertThat(TapeSettings.parse(linked.text()).values()).isEqualTo(linked.values());
        assertThat(TapeSettings.parse(OUTPUT).isLinked()).isFalse();
        assertThatThrownBy(() -> TapeSettings.parse("direction=output host=backup port=2000 linked=on pipe=out"))
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.LINKED_PIPE));
    }

    @Test
    void shouldChangeOnlyWhatIsGiven() {
        TapeSettings changed = TapeSettings.parse(OUTPUT).changedBy("block-size=16384");
        assertThat(changed.number(TapeSetting.BLOCK_SIZE)).isEqualTo(16384);
        assertThat(changed.get(TapeSetting.HOST)).isEqualTo("backup");
    }

    @Test
    void shouldKnowAChangeOfDirection() {
        TapeSettings output = TapeSettings.parse(OUTPUT);
        assertThat(output.isTurnedBy("direction=input")).isTrue();
        assertThat(output.isTurnedBy("direction=output port=3000")).isFalse();
        assertThat(output.isTurnedBy("port=3000")).isFalse();
        assertThatThrownBy(() -> output.isTurnedBy("direction=both")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource({
        "port, 1023",
        "port, 32768",
        "block-size, 19",
        "block-size, 65537",
        "block-size, -5",
        "callrep, 100000",
        "direction, both",
        "host, a b",
        "pipe, ''",
        "pipe, ../tape",
        "pipe, /tmp/../etc/passwd",
        "pipe, a/b",
        "linked, maybe",
        "insecure, maybe"
    })
    void shouldRefuseWhatIsNotValidAndSayWhatIs(String key, String value) {
        TapeSetting setting = TapeSetting.ofKey(key).orElseThrow();
        assertThatThrownBy(() -> setting.checked(value))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.SETTING_OUT_OF_RANGE.text(setting.label(), value, setting.valid()));
    }

    @ParameterizedTest
    @CsvSource({
        "port=2000 pipe=in, SETTING_MISSING",
        "direction=input pipe=in, SETTING_MISSING",
        "direction=input port=2000 pipe=in host=backup, TAPE_SETTING_NOT_APPLICABLE",
        "direction=input port=2000 pipe=in block-size=512, TAPE_SETTING_NOT_APPLICABLE",
        "direction=input port=2000 pipe=in reel=1, SETTING_UNKNOWN",
        "direction=input nonsense, SETTING_UNKNOWN",
        "direction=output host=backup port=2000 linked=on block-size=79, LOG_TAPE_BLOCK_SIZE",
        "direction=output host=backup port=2000 linked=on block-size=65536, LOG_TAPE_BLOCK_SIZE",
        "direction=output host=backup port=2000, SETTING_MISSING",
        "direction=output host=backup port=2000 pipe=in insecure=on, INSECURE_NOT_LOOPBACK"
    })
    void shouldRefuseASetupThatCannotBe(String text, MessageCode code) {
        assertThatThrownBy(() -> TapeSettings.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
