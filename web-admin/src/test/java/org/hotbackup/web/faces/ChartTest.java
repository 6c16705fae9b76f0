package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hotbackup.control.Figure;
import org.hotbackup.control.Sample;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static Chart chart(Figure figure, Sample... samples) {
        return new Chart("Lag", figure, List.of(samples), 0, 600, 150);
    }

    private static Sample at(long millis, double value) {
        return new Sample(millis, "t" + millis, value);
    }

    @Test
    void shouldDrawALineThatIsBrokenWhereSamplesAreMissing() {
        assertThat(chart(Figure.QUEUE_DEPTH, at(0, 0), at(100, 10), at(400, 5)).getPath())
                .isEqualTo("M0.0 120.0 L0.0 120.0 L100.0 0.0 M400.0 60.0 L400.0 60.0");
    }

    @Test
    void shouldLieOnTheGroundIfThereIsNothing() {
        assertThat(chart(Figure.QUEUE_DEPTH, at(0, 0), at(100, 0)).getPath())
                .isEqualTo("M0.0 120.0 L0.0 120.0 L100.0 120.0");
        assertThat(chart(Figure.QUEUE_DEPTH).isNothing()).isTrue();
        assertThat(chart(Figure.QUEUE_DEPTH).getPath()).isEmpty();
        assertThat(chart(Figure.QUEUE_DEPTH).getLatest()).isEqualTo("\u2013");
    }

    @Test
    void shouldSayTheSameInATable() {
        Sample[] samples = new Sample[100];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = at(i, 1_000.0 * i);
        }
        Chart chart = chart(Figure.LAG_TIME, samples);

        assertThat(chart.getRows()).hasSizeLessThanOrEqualTo(12);
        assertThat(chart.getRows().get(0)).isEqualTo(new Chart.Row("t99", "1 min 39 s"));
        assertThat(chart.getGreatest()).isEqualTo("1 min 39 s");
    }
}
