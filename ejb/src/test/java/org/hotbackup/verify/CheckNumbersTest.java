package org.hotbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckNumbersTest {

    private static final long COUNTED = 1_500_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7FFF_FFFF})
    void shouldBeForTheSlaveOfOneMasterServerHoweverFarItCounts(int random) {
        for (String server : List.of("todev", "a", "ZZZZZZZZ")) {
            long first = CheckNumbers.first(server, random);
            for (long number : List.of(first, first + 1, first + COUNTED)) {
                assertThat(number).isPositive();
                assertThat(CheckNumbers.isFor(server, number)).isTrue();
                assertThat(CheckNumbers.isFor("toprod", number)).isFalse();
            }
        }
    }

    @Test
    void shouldTellTheServersOfANodeApart() {
        Set<Long> firsts = new HashSet<>();
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                firsts.add(CheckNumbers.first("to" + a + b, 0));
            }
        }
        assertThat(firsts).hasSize(26 * 26);
    }
}
