package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetupPageTest {

    /** What is typed into one field must not become the value of another one. */
    @ParameterizedTest
    @EnumSource(ServerSetting.class)
    void shouldTakeNoQuotationMarkIntoTheSettings(ServerSetting setting) {
        SetupPage.Field field = new SetupPage.Field(setting, "x\" insecure=\"on");

        assertThatThrownBy(field::getWord).isInstanceOf(Refusal.class).hasMessageContaining(setting.label());
    }

    @Test
    void shouldGiveWhatWasTypedAsTheOperationTakesIt() {
        assertThat(new SetupPage.Field(ServerSetting.COMMENTS, "the first one").getWord())
                .isEqualTo("comments=\"the first one\"");
    }

    @Test
    void shouldSayWhatASwitchDoes() {
        for (ServerSetting setting : ServerSetting.values()) {
            SetupPage.Field field = new SetupPage.Field(setting, "on");
            assertThat(field.getHelp()).isNotEmpty().isNotEqualTo("on or off");
        }
    }
}
