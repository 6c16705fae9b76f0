package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose updates a slave server receives, and up to where the log holds them. */
class SourcesTest {

    private static final Sources FROM_TWO = Sources.NONE.receiving(List.of("prod", "before"), true);

    @Test
    @Tag("HB-015")
    void shouldBeWhatItsItemHolds() {
        assertThat(Sources.ofItem(Sources.NONE.toItem())).isEqualTo(Sources.NONE);
        assertThat(Sources.ofItem(FROM_TWO.toItem())).isEqualTo(FROM_TWO);
        Sources all = FROM_TWO.loggedUpTo(7)
                .receiving(List.of("prod"), true)
                .loggedUpTo(9)
                .withUnlogged(true);
        assertThat(Sources.ofItem(all.toItem())).isEqualTo(all);
        assertThat(all.received()).containsExactly("prod");
        assertThat(all.logged()).containsEntry("prod", 9L).containsEntry("before", 7L);
    }

    @Test
    @Tag("HB-015")
    void shouldReceiveOfNobodyLessWhileSomethingWaits() {
        assertThat(FROM_TWO.receiving(List.of("prod", "third"), false).received())
                .containsExactly("prod", "third", "before");
        assertThat(FROM_TWO.receiving(List.of("prod", "third"), true).received())
                .containsExactly("prod", "third");
    }

    @Test
    @Tag("HB-015")
    @Tag("SUB-20")
    void shouldHoldUpdatesOfANodeUpToTheLastOne() {
        Sources logged = FROM_TWO.loggedUpTo(7).receiving(List.of("prod"), true).loggedUpTo(9);

        assertThat(logged.after(0)).containsExactly("before", "prod");
        assertThat(logged.after(7)).containsExactly("prod");
        assertThat(logged.after(9)).isEmpty();
        assertThat(logged.loggedUpTo(8).after(8)).containsExactly("prod");
    }

    /** It kept the node from starting, and nobody was told which item it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "prod^prod^7",
                "prod^prod]before^7^",
                "prod^prod^7]9^",
                "prod^prod^seven^",
                "prod^prod^-7^",
                "prod^prod^^",
                "prod]^prod^7^",
                "prod\0^prod^7^",
                "prod^prod]prod^7]9^",
                "prod^prod^7^2",
                "prod^prod^7^1^more",
                "\0\0\0\0"
            })
    @Tag("HB-015")
    void shouldBelieveNoPartOfADamagedItem(String item) {
        byte[] bytes = item.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '^' ? (byte) 0xFE : bytes[i] == ']' ? (byte) 0xFD : bytes[i];
        }
        assertThatThrownBy(() -> Sources.ofItem(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("HB-015")
    void shouldCountWhatCannotBeReadAsAnUnknownNodesUntilTheMasterSaysItAnew() {
        Sources unknown = Sources.unknown(7);
        assertThat(Sources.ofItem(unknown.toItem())).isEqualTo(unknown);
        assertThat(unknown.after(6)).containsExactly(Sources.UNKNOWN);
        assertThat(unknown.after(7)).isEmpty();

        Sources delayed = unknown.receiving(List.of("prod"), false).loggedUpTo(9);
        assertThat(delayed.after(8)).containsExactly(Sources.UNKNOWN, "prod");
        Sources anew = delayed.receiving(List.of("prod"), true).loggedUpTo(11);
        assertThat(anew.received()).containsExactly("prod");
        assertThat(anew.after(9)).containsExactly("prod");
    }
}
