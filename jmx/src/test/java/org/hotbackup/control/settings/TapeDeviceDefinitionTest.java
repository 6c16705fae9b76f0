package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.settings.TapeDeviceDefinition.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tape devices as an administrator writes them down. */
@Tag("TS-001")
class TapeDeviceDefinitionTest {

    @Test
    void shouldReadADeviceWithItsOptions() {
        assertThat(TapeDeviceDefinition.parse(" tape0 tapes/tape0 500 f ; unit /dev/nst0 8192 h lxr;"))
                .containsExactly(
                        new TapeDeviceDefinition("tape0", "tapes/tape0", 500, Kind.PSEUDO_TAPE, true, false, 0),
                        new TapeDeviceDefinition("unit", "/dev/nst0", 8192, Kind.SPECIAL, true, true, 0));
        assertThat(TapeDeviceDefinition.parse("")).isEmpty();
    }

    @Test
    void shouldReadTheSizeOfAReelBehindOptionsOrWithoutThem() {
        assertThat(TapeDeviceDefinition.parse("a t/a 500 f 720k; b t/b 8192 p l 2G"))
                .extracting(TapeDeviceDefinition::reelBytes)
                .containsExactly(720L << 10, 2L << 30);
    }

    @Test
    void shouldHaveDevicesWithoutAnyConfiguration() {
        assertThat(TapeDeviceDefinition.parse(
                        NodeSetting.TAPE_DEVICES.defaultValue().orElseThrow()))
                .extracting(TapeDeviceDefinition::kind)
                .containsExactly(Kind.PSEUDO_TAPE, Kind.COMPRESSED, Kind.PIPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tape0",
                "tape0 t 500",
                "tape0 t 500 z",
                "tape0 t 79 f",
                "tape0 t 65536 f",
                "tape0 t many f",
                "tape0 t 500 f q",
                "tape0 t 500 f l more",
                "tape0 t 500 f l 720k more",
                "tape0 t 500 f 720k l",
                "tape0 t 500 f 0k",
                "tape0 t 500 f 2k",
                "tape0 t 500 c 720k",
                "tape/0 t 500 f",
                "tape0 ../t 500 f",
                "tape0 t 500 f; tape0 u 500 f"
            })
    void shouldTakeNoDeviceThatCannotBe(String text) {
        assertThat(TapeDeviceDefinition.isValid(text)).isFalse();
    }

    @Test
    void shouldTakeNoMoreThanSixteen() {
        StringBuilder devices = new StringBuilder();
        for (int i = 0; i < TapeDeviceDefinition.MOST; i++) {
            devices.append("t").append(i).append(" t 500 f;");
        }
        assertThat(TapeDeviceDefinition.isValid(devices.toString())).isTrue();
        assertThat(TapeDeviceDefinition.isValid(devices + "t16 t 500 f")).isFalse();
    }
}
