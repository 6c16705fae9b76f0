package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
