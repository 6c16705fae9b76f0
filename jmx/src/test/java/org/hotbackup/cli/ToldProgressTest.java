package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a resync through tape-socket tells of its progress. */
class ToldProgressTest {

    private final List<String> lines = new ArrayList<>();
    private long now;
    private final TwoNodesOption.Told told = new TwoNodesOption.Told(lines::add) {

        @Override
        public long millis() {
            return now;
        }
    };

    /** It filled a screen with one sentence. */
    @Test
    void shouldTellNothingTwice() {
        told.say("begun");
        for (String line : List.of("1 %", "1 %", "2 %", "2 %", "2 %")) {
            now += 6_000;
            told.progress(line);
        }

        assertThat(lines).containsExactly("begun", "1 %", "2 %");
    }
}
