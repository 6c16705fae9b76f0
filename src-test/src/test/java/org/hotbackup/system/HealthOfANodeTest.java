package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.hotbackup.control.Figure;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node of a real pair says about its own state: samples, health, metrics, and causes of trouble. */
@Tag("system")
class HealthOfANodeTest {

    private static final int MANY = 1_000;

    @TempDir
    static Path homes;

    private static Pair pair;
    private static Orders orders;

    @BeforeAll
    static void start() {
        pair = Pair.start(homes, StoreKind.H2);
        orders = new Orders(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void shouldSampleTheFiguresOfNodeAndServers() {
        SamplesMXBean samples = pair.master().control().samples();
        long before = samples.getLastMillis();
        Orders.await(
                "a sample of server todev",
                () -> samples.getLastMillis() > before
                        && !samples.samples("lag-time", Pair.MASTER, 0, MANY).isEmpty()
                        && !samples.samples("sent-rate", Pair.MASTER, 0, MANY).isEmpty());

        List<Sample> free = samples.samples("disk-free", "", 0, MANY);
        assertThat(free).isNotEmpty().allMatch(sample -> sample.value() > 0);
        assertThat(samples.csv("disk-free", "", 0, MANY).lines()).first().isEqualTo("time,disk-free");
        assertThat(samples.getFigures()).hasSize(Figure.values().length);
        assertThatThrownBy(() -> samples.samples("speed", "", 0, MANY)).hasMessageContaining("'speed' is not sampled");
        assertThatThrownBy(() -> samples.samples("lag-time", "nobody", 0, MANY)).hasMessageContaining("'nobody'");
    }
}
