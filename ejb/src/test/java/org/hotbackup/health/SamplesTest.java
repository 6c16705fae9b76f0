package org.hotbackup.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.Figure;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sampled, how long it is kept, and how it survives. */
class SamplesTest {

    private static final long BEGIN = 1_700_000_100_000L;
    private static final long STEP = SampleHistory.INTERVAL_SECONDS * 1_000L;
    private static final long PART = SampleHistory.LONG_INTERVAL_SECONDS * 1_000L;

    private final Samples samples = new Samples();

    @TempDir
    Path folder;

    private void take(long atMillis, Figure figure, double value) {
        samples.take(atMillis, Map.of("todev", Map.of(figure, value)));
    }

    private List<Double> values(Figure figure) {
        return values(samples, figure);
    }

    private static List<Double> values(Samples of, Figure figure) {
        return of.of("todev", figure, 0, 10_000).stream()
                .map(r -> r.value(figure))
                .toList();
    }

    @Test
    void shouldGiveWhatWasTakenOldestFirst() {
        take(BEGIN, Figure.LAG_TIME, 5);
        take(BEGIN + STEP, Figure.LAG_TIME, 7);

        assertThat(values(Figure.LAG_TIME)).containsExactly(5.0, 7.0);
        assertThat(samples.of("todev", Figure.LAG_TIME, BEGIN + 1, 10)).hasSize(1);
        assertThat(samples.of("todev", Figure.LAG_TIME, 0, 1)).hasSize(1);
        assertThat(samples.lastMillis()).isEqualTo(BEGIN + STEP);
    }

    @Test
    void shouldLeaveAHoleWhereAFigureWasNotKnown() {
        take(BEGIN, Figure.LAG_TIME, 5);
        take(BEGIN + STEP, Figure.SENT_RATE, 5);
        take(BEGIN + 2 * STEP, Figure.LAG_TIME, 9);

        assertThat(values(Figure.LAG_TIME)).containsExactly(5.0, 9.0);
    }

    @Test
    void shouldMakeRatesOfTotals() {
        take(BEGIN, Figure.SENT_RATE, 100);
        take(BEGIN + STEP, Figure.SENT_RATE, 150);
        take(BEGIN + 2 * STEP, Figure.SENT_RATE, 150);

        assertThat(values(Figure.SENT_RATE)).containsExactly(5.0, 0.0);
    }

    @Test
    void shouldCountWhatATotalCameToThatBeganAnew() {
        take(BEGIN, Figure.SENT_RATE, 1_000);
        take(BEGIN + STEP, Figure.SENT_RATE, 20);

        assertThat(values(Figure.SENT_RATE)).containsExactly(2.0);
    }

    @Test
    void shouldKeepAnHourAsTakenAndADayByTheGreatestOfFiveMinutes() {
        long taken = 26 * 3_600_000 / STEP;
        for (long i = 0; i < taken; i++) {
            take(BEGIN + i * STEP, Figure.LAG_TIME, i);
        }
        List<Reading> kept = samples.of("todev", Figure.LAG_TIME, 0, 10_000);

        assertThat(kept)
                .hasSizeBetween(360 + 270, 360 + 288)
                .isSortedAccordingTo((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
        assertThat(kept.get(kept.size() - 1).value(Figure.LAG_TIME)).isEqualTo(taken - 1.0);
        Reading old = kept.get(3);
        assertThat(old.atMillis() % PART).isZero();
        assertThat(old.value(Figure.LAG_TIME)).isEqualTo((old.atMillis() + PART - BEGIN) / STEP - 1.0);
    }

    @Test
    void shouldForgetTheTimesThatComeOnceMoreAfterTheClockWasSetBack() {
        take(BEGIN, Figure.LAG_TIME, 1);
        take(BEGIN + 864_000_000, Figure.LAG_TIME, 2);
        take(BEGIN + STEP, Figure.LAG_TIME, 3);

        assertThat(values(Figure.LAG_TIME)).containsExactly(1.0, 3.0);
    }

    @Test
    void shouldForgetAServerThatIsGone() {
        take(BEGIN, Figure.LAG_TIME, 1);
        samples.take(BEGIN + STEP, Map.of());

        assertThat(values(Figure.LAG_TIME)).isEmpty();
    }

    @Test
    void shouldSurviveAStart() throws IOException {
        for (long i = 0; i < 1_000; i++) {
            samples.take(
                    BEGIN + i * STEP,
                    Map.of(
                            "todev",
                            Map.of(Figure.LAG_TIME, i + 0.25, Figure.SENT_RATE, i * 20.0),
                            Samples.NODE,
                            Map.of(Figure.DISK_FREE, 1e12)));
        }
        Path file = folder.resolve("samples.txt");
        samples.keep(file);
        Samples next = new Samples();
        next.takeOver(file);

        assertThat(values(next, Figure.LAG_TIME)).isEqualTo(values(Figure.LAG_TIME));
        assertThat(values(next, Figure.SENT_RATE)).isEqualTo(values(Figure.SENT_RATE));
        assertThat(next.of(Samples.NODE, Figure.DISK_FREE, 0, 1)).hasSize(1);
        assertThat(Files.list(folder)).containsExactly(file);
        assertThat(Files.size(file)).isLessThan(200_000);

        next.take(BEGIN + 1_000 * STEP, Map.of("todev", Map.of(Figure.LAG_TIME, 9.0)));
        assertThat(values(next, Figure.LAG_TIME)).endsWith(9.0);
    }

    /** A node that was killed, or did not end in order, had lost the samples of its last minutes. */
    @Test
    void shouldSurviveAKill() throws IOException {
        Path file = folder.resolve("samples.txt");
        take(BEGIN, Figure.LAG_TIME, 1);
        samples.keep(file);
        take(BEGIN + STEP, Figure.LAG_TIME, 2);
        samples.append(file);
        take(BEGIN + 2 * STEP, Figure.LAG_TIME, 3);
        samples.append(file);
        Samples next = new Samples();
        next.takeOver(file);

        assertThat(values(next, Figure.LAG_TIME)).containsExactly(1.0, 2.0, 3.0);

        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 2));
        Samples cut = new Samples();
        cut.takeOver(file);

        assertThat(values(cut, Figure.LAG_TIME)).containsExactly(1.0, 2.0);
    }

    @Test
    void shouldSampleWhatIsKnownOfServersAndOfTheLongestQueue() {
        Facts facts = new Facts();
        facts.master().queue = Optional.of(new QueueFacts(3, 300, 1_000, 5, 2_000));
        facts.slave().running = false;
        Map<String, Map<Figure, Double>> figures = SampledFigures.of(facts.facts());

        assertThat(figures.get("todev"))
                .containsEntry(Figure.LAG_TRANSACTIONS, 5.0)
                .containsEntry(Figure.LAG_TIME, 2_000.0)
                .containsEntry(Figure.ROUND_TRIP, 12.0)
                .doesNotContainKey(Figure.PENDING_UPDATES);
        assertThat(figures.get("fromprod")).doesNotContainKeys(Figure.LAG_TIME, Figure.PENDING_UPDATES);
        assertThat(figures.get(Samples.NODE))
                .containsEntry(Figure.QUEUE_DEPTH, 3.0)
                .containsKey(Figure.DISK_FREE);
    }

    @Test
    void shouldNeverSampleALagAsZeroBecauseTheQueueDoesNotAnswer() {
        Facts facts = new Facts();
        facts.master().queue = Optional.empty();

        assertThat(SampledFigures.of(facts.facts()).get("todev"))
                .doesNotContainKeys(Figure.LAG_TIME, Figure.LAG_TRANSACTIONS, Figure.QUEUE_DEPTH);
    }

    /** The queue that does not answer may be the longest one. */
    @Test
    void shouldLeaveTheQueuesOfTheNodeOutIfOneOfThemDoesNotAnswer() {
        Facts facts = new Facts();
        facts.master().queue = Optional.of(new QueueFacts(3, 300, 1_000, 5, 2_000));
        facts.master().queue = Optional.empty();

        assertThat(SampledFigures.of(facts.facts()).get(Samples.NODE))
                .doesNotContainKeys(Figure.QUEUE_DEPTH, Figure.QUEUE_BYTES, Figure.QUEUE_AGE)
                .containsKey(Figure.DISK_FREE);
    }

    @Test
    void shouldSampleTheQueuesOfANodeThatHasNoneAsEmpty() {
        Facts facts = new Facts();
        facts.slave();

        assertThat(SampledFigures.of(facts.facts()).get(Samples.NODE))
                .containsEntry(Figure.QUEUE_DEPTH, 0.0)
                .containsEntry(Figure.QUEUE_AGE, 0.0);
    }

    @Test
    void shouldBeginAnewWithoutAFile() throws IOException {
        samples.takeOver(folder.resolve("none"));

        assertThat(values(Figure.LAG_TIME)).isEmpty();
    }

    @Test
    void shouldPassOverAFigureThatIsNoLongerSampled() throws IOException {
        Path file = Files.writeString(
                folder.resolve("old"), "hot-backup samples gone lag-time\nhour todev 1700000100000 4 17\n");
        samples.takeOver(file);

        assertThat(values(Figure.LAG_TIME)).containsExactly(17.0);
    }

    @Test
    void shouldSayThatAFileCannotBeRead() throws IOException {
        for (String text : List.of(
                "",
                "something else\n",
                "hot-backup samples lag-time\nhour todev x 1\n",
                "hot-backup samples lag-time\nhour\n")) {
            Path file = Files.writeString(folder.resolve("bad"), text);
            assertThatThrownBy(() -> samples.takeOver(file)).as(text).isInstanceOf(IOException.class);
        }
        assertThat(values(Figure.LAG_TIME)).isEmpty();
    }
}
