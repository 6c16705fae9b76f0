package org.hotbackup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong on its command line is said, and no node is started for it. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... arguments) {
        return Bench.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void shouldPrintItsHelpInsteadOfRunning() {
        assertThat(bench("--help")).isZero();

        assertThat(out.toString())
                .startsWith("Usage: hot-backup bench ")
                .contains("--quick", "--copy", "--store=STORE", "--json=FILE");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--stroe, Unknown option: '--stroe'",
        "quick, Unmatched argument at index 0: 'quick'",
        "--store=oracle, Invalid value for option '--store'",
        "--json, Missing required parameter for option '--json' (FILE)",
    })
    void shouldRefuseACommandLineThatItDoesNotKnow(String argument, String sentence) {
        assertThat(bench(argument)).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith(sentence);
    }
}
