package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.Setting;
import org.hotbackup.control.settings.TapeSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetupFormTest {

    static List<Setting> settings() {
        return Stream.<Setting[]>of(ServerSetting.values(), TapeSetting.values())
                .flatMap(Stream::of)
                .toList();
    }

    /** What is typed into one field must not become the value of another one. */
    @ParameterizedTest
    @MethodSource("settings")
    void shouldTakeNoQuotationMarkIntoTheSettings(Setting setting) {
        SetupForm.Field field = new SetupForm.Field(setting, "x\" insecure=\"on", true);

        assertThatThrownBy(field::getWord).isInstanceOf(Refusal.class).hasMessageContaining(setting.label());
    }

    @Test
    void shouldGiveWhatWasTypedAsTheOperationTakesIt() {
        assertThat(new SetupForm.Field(ServerSetting.COMMENTS, "the first one", true).getWord())
                .isEqualTo("comments=\"the first one\"");
    }

    private static List<String> fields(Map<String, String> parameters, Map<String, String> present) {
        TapeSetupPage form = new TapeSetupPage() {
            @Override
            Present present(String name) {
                return new Present(present, false);
            }
        };
        form.read(parameters);
        return form.getFields().stream().map(SetupForm.Field::getKey).toList();
    }

    /** On the first load nothing is given but the name: what is set up says which fields there are. */
    @Test
    void shouldShowNoPipeOfALinkedServer() {
        Map<String, String> linked = Map.of("direction", "output", "linked", "on");
        String pipe = TapeSetting.PIPE.key();

        assertThat(fields(Map.of("name", "slog"), linked)).contains("linked").doesNotContain(pipe);
        assertThat(fields(Map.of("name", "slog", "linked", "off"), linked)).contains(pipe);
        assertThat(fields(Map.of("name", "ssave"), Map.of("direction", "output", "linked", "off", "pipe", "out")))
                .contains(pipe);
        assertThat(fields(Map.of(), Map.of())).contains(pipe);
    }

    @Test
    void shouldSayWhatASwitchDoes() {
        for (Setting setting : settings()) {
            SetupForm.Field field = new SetupForm.Field(setting, "on", true);
            assertThat(field.getHelp()).isNotEmpty().isNotEqualTo("on or off");
        }
    }
}
