package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TS-007")
class TapeDefinitionTest {

    @Test
    void shouldBeAnItemOfTsLogAndComeBack() {
        TapeSettings settings =
                TapeSettings.parse("direction=output host=backup port=2000 pipe=out notify=dm,!0 comments=\"a b\"");
        TapeDefinition definition = new TapeDefinition("ssave", settings, true);
        TapeDefinition back = TapeDefinition.ofItem("ssave", definition.toItem());
        assertThat(back.name()).isEqualTo("ssave");
        assertThat(back.started()).isTrue();
        assertThat(back.settings().values()).isEqualTo(settings.values());
        assertThat(SystemPaths.TAPE_DEFINITIONS).hasToString("dm,ts.log");
        assertThat(SystemPaths.TAPE_LOG).hasToString("dm,ts.log,log");
    }

    @Test
    void shouldRefuseARecordThatSomebodySpoilt() {
        assertThatThrownBy(() -> TapeDefinition.ofItem("ssave", "nonsense".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void shouldKnowTheOptionsOfAStart() {
        assertThat(TapeOptions.of("(cs)")).isEqualTo(new TapeOptions(true, true, false));
        assertThat(TapeOptions.of("V")).isEqualTo(new TapeOptions(false, false, true));
        assertThat(TapeOptions.of("")).isEqualTo(new TapeOptions(false, false, false));
        assertThatThrownBy(() -> TapeOptions.of("x")).isInstanceOf(Refusal.class);
    }
}
