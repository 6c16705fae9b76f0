package org.hotbackup.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyListTest {

    @Test
    @Tag("HB-058")
    void shouldTellUsersFromPorts() {
        NotifyList list = NotifyList.parse("dm,bob,!0,!17");

        assertThat(list.users()).containsExactly("dm", "bob");
        assertThat(list.ports()).containsExactly("!0", "!17");
        assertThat(list.includes("bob")).isTrue();
        assertThat(list.includes("!0")).isTrue();
        assertThat(list.includes("0")).isFalse();
        assertThat(list.includes("Bob")).isFalse();
        assertThat(list).hasToString("dm,bob,!0,!17");
    }

    @Test
    @Tag("HB-058")
    void shouldBeEmptyUnlessGiven() {
        assertThat(NotifyList.parse("").users()).isEmpty();
        assertThat(NotifyList.parse(" ").ports()).isEmpty();
        assertThat(ServerSettings.parse("type=slave port=2000").get(ServerSetting.NOTIFY))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=master host=a port=2000", "type=slave port=2000"})
    @Tag("HB-058")
    @Tag("HB-182")
    void shouldBeASettingOfBothTypesOfServerInItsCanonicalForm(String setup) {
        ServerSettings settings = ServerSettings.parse(setup + " notify=\"dm, Bob,!0, dm\"");

        assertThat(settings.get(ServerSetting.NOTIFY)).isEqualTo("dm,Bob,!0");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "dm,", "dm,,bob", "!", "!x", "!100000", "!*", "a b", "-,!0;!1"})
    @Tag("HB-058")
    void shouldBeRefusedIfItIsSomethingElse(String list) {
        assertThatThrownBy(() -> ServerSettings.parse("type=slave port=2000 notify=\"" + list + "\""))
                .isInstanceOf(Refusal.class)
                .hasMessage("'" + list
                        + "' is not valid for Notify list; give up to 50 users and ports separated by commas, for"
                        + " example dm,bob,!0.");
    }

    @Test
    @Tag("HB-058")
    void shouldHaveAnEnd() {
        List<String> names = Collections.nCopies(NotifyList.MOST, "dm");

        assertThat(NotifyList.isValid(String.join(",", names))).isTrue();
        assertThat(NotifyList.isValid("bob," + String.join(",", names))).isFalse();
    }
}
