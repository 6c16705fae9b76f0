package org.hotbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.verify.CheckReport.Finding;
import org.junit.jupiter.api.Test;

class RangeComparisonTest {

    @Test
    void shouldFindTheSameItemsEqual() {
        assertThat(finding(Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "2")))
                .isEqualTo(Finding.EQUAL);
        assertThat(finding(Map.of(), Map.of())).isEqualTo(Finding.EQUAL);
    }

    @Test
    void shouldFindEveryKindOfDifference() {
        assertThat(finding(Map.of("a", "1"), Map.of("a", "2"))).isEqualTo(Finding.DIFFERENT);
        assertThat(finding(Map.of("a", "1"), Map.of())).isEqualTo(Finding.DIFFERENT);
        assertThat(finding(Map.of(), Map.of("a", "1"))).isEqualTo(Finding.DIFFERENT);
        assertThat(finding(Map.of("a", "1"), Map.of("b", "1"))).isEqualTo(Finding.DIFFERENT);
        assertThat(finding(Map.of("ab", "c"), Map.of("a", "bc")))
                .as("what ends an id and begins a body counts")
                .isEqualTo(Finding.DIFFERENT);
    }

    @Test
    void shouldNameTheItemsThatDiffer() {
        CheckReport report = compare(
                check(Map.of("a", "1", "b", "2", "d", "4", "e", "5"), true),
                Map.of("a", "1", "b", "other", "c", "3", "e", "5"));

        assertThat(report.finding()).isEqualTo(Finding.DIFFERENT);
        assertThat(report.more()).isFalse();
        assertThat(report.differences())
                .containsExactly(
                        new Difference(ItemId.of("b"), sum("2"), sum("other")),
                        new Difference(ItemId.of("c"), Optional.empty(), sum("3")),
                        new Difference(ItemId.of("d"), sum("4"), Optional.empty()));
    }

    @Test
    void shouldNameWhatIsMissingAtTheEdges() {
        CheckReport report = compare(check(Map.of("a", "1", "b", "2", "c", "3"), true), Map.of("b", "2"));

        assertThat(report.differences())
                .extracting(difference -> difference.id().toString())
                .containsExactly("a", "c");
    }

    @Test
    void shouldTellAtMostAThousandDifferencesAndThatThereAreMore() {
        TreeMap<String, String> many = new TreeMap<>();
        for (int i = 0; i < 2 * CheckReport.MOST_DIFFERENCES; i++) {
            many.put("%06d".formatted(i), "x");
        }

        CheckReport onlyOnMaster = compare(check(many, true), Map.of());
        CheckReport onlyOnSlave = compare(check(Map.of(), true), many);

        assertThat(onlyOnMaster.differences()).hasSize(CheckReport.MOST_DIFFERENCES);
        assertThat(onlyOnMaster.more()).isTrue();
        assertThat(onlyOnSlave.differences()).hasSize(CheckReport.MOST_DIFFERENCES);
        assertThat(onlyOnSlave.more()).isTrue();
    }

    private static Finding finding(Map<String, String> onMaster, Map<String, String> onSlave) {
        return compare(check(onMaster, false), onSlave).finding();
    }

    private static CheckReport compare(RangeCheck check, Map<String, String> onSlave) {
        RangeComparison comparison = new RangeComparison(check);
        for (Map.Entry<String, String> item : new TreeMap<>(onSlave).entrySet()) {
            if (!comparison.add(ItemId.of(item.getKey()), bytes(item.getValue()))) {
                break;
            }
        }
        return comparison.report();
    }

    private static RangeCheck check(Map<String, String> items, boolean detail) {
        RangeSum sum = new RangeSum();
        TreeMap<ItemId, ItemSum> sums = new TreeMap<>();
        new TreeMap<>(items).forEach((id, body) -> {
            sum.add(ItemId.of(id), bytes(body));
            sums.put(ItemId.of(id), RangeSum.of(bytes(body)));
        });
        return new RangeCheck(
                1,
                Optional.empty(),
                Optional.empty(),
                sum.items(),
                sum.bytes(),
                sum.digest(),
                detail ? Optional.of(sums) : Optional.empty());
    }

    private static Optional<ItemSum> sum(String body) {
        return Optional.of(RangeSum.of(bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
