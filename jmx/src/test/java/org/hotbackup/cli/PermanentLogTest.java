package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A search stopped after twenty messages as if there were no more. */
class PermanentLogTest {

    /** Twenty-five messages, of which one call of a search looks at ten. */
    private static final int MESSAGES = 25;

    private static final int AT_ONCE = 10;

    private static LogPage search(String text, String after, int limit) {
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int looked = Math.min(MESSAGES, from + AT_ONCE);
        List<LogMessage> found = IntStream.rangeClosed(from + 1, looked)
                .mapToObj(i -> new LogMessage(Integer.toString(i), "", "", "", i <= 20 ? "even" : "odd"))
                .filter(message -> message.text().equals(text))
                .limit(limit)
                .toList();
        boolean full = found.size() == limit;
        String reached = full ? found.get(limit - 1).id() : Integer.toString(looked);
        return new LogPage(found, reached, full || looked < MESSAGES);
    }

    private static List<String> search(String... words) {
        PermanentLogMXBean log = (PermanentLogMXBean) Proxy.newProxyInstance(
                PermanentLogMXBean.class.getClassLoader(),
                new Class<?>[] {PermanentLogMXBean.class},
                (proxy, method, given) -> {
                    assertThat(method.getName()).isEqualTo("search");
                    return search((String) given[0], (String) given[1], (int) given[2]);
                });
        StringWriter out = new StringWriter();
        PermanentLog command = new PermanentLog();
        new CommandLine(command).setOut(new PrintWriter(out, true)).parseArgs(words);
        command.search(log);
        return out.toString().lines().toList();
    }

    @Test
    @Tag("HB-095")
    void shouldSayThatThereIsMoreAndHowToGoOn() {
        List<String> lines = search("--search", "even", "--lines", "12");

        assertThat(lines).hasSize(13).last().isEqualTo(MessageCode.MORE_FOUND.text("12"));
        assertThat(lines.get(12)).contains("--after 12");
        assertThat(search("--search", "even", "--lines", "12", "--after", "12"))
                .hasSize(8)
                .noneMatch(line -> line.contains("--after"));
    }

    @Test
    @Tag("HB-095")
    void shouldNotSayThatThereIsMoreIfThereIsNot() {
        assertThat(search("--search", "even", "--lines", "20")).hasSize(20);
        assertThat(search("--search", "odd", "--lines", "5")).hasSize(5);
    }

    /** It said nothing at all, as if it had not looked. */
    @Test
    @Tag("HB-095")
    void shouldSayThatNothingIsFound() {
        assertThat(search("--search", "neither")).containsExactly(MessageCode.NOT_IN_LOG.text("neither"));
    }
}
