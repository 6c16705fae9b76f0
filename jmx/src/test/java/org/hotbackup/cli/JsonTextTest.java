package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

/** What scripts read. */
class JsonTextTest {

    private record Inner(String text, List<Long> numbers) {}

    private record All(int number, boolean yes, Optional<String> none, String absent, byte[] bytes, Inner inner) {}

    /** A bean of the contract, in small. */
    public interface PointMXBean {
        long getZeta();

        boolean isAlpha();

        String describe();

        List<String> getNames();

        String list(int limit);
    }

    private static final class Point implements PointMXBean {
        @Override
        public long getZeta() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean isAlpha() {
            return true;
        }

        @Override
        public String describe() {
            throw new AssertionError("an operation");
        }

        @Override
        public List<String> getNames() {
            return List.of();
        }

        @Override
        public String list(int limit) {
            throw new AssertionError("an operation");
        }
    }

    @Test
    void shouldTurnARecordIntoAnObjectInTheOrderOfItsComponents() {
        All all = new All(
                -1,
                true,
                Optional.empty(),
                null,
                "päss".getBytes(StandardCharsets.ISO_8859_1),
                new Inner("a\"b\\c\nd\u0000\uFEFFö", List.of(1L, 2L)));

        assertThat(JsonText.line(all))
                .isEqualTo("{\"number\":-1,\"yes\":true,\"none\":null,\"absent\":null,\"bytes\":\"cORzcw==\","
                        + "\"inner\":{\"text\":\"a\\\"b\\\\c\\nd\\u0000\uFEFFö\",\"numbers\":[1,2]}}");
    }

    @Test
    void shouldTurnAReceiptIntoWhatScriptsLookFor() {
        assertThat(JsonText.line(OperationReceipt.refused(MessageCode.NO_SERVER_AT_ALL)))
                .startsWith("{\"outcome\":\"REFUSED\",\"messageId\":\"HB2043\",\"message\":\"");
    }

    @Test
    void shouldReadTheAttributesOfABeanAndCallNoOperation() {
        assertThat(JsonText.line(JsonText.attributes(PointMXBean.class, new Point())))
                .isEqualTo("{\"alpha\":true,\"names\":[],\"zeta\":9223372036854775807}");
    }

    @Test
    void shouldLetARefusalOfTheNodeThrough() {
        PointMXBean refusing = (PointMXBean) java.lang.reflect.Proxy.newProxyInstance(
                PointMXBean.class.getClassLoader(), new Class<?>[] {PointMXBean.class}, (proxy, method, given) -> {
                    throw new Refusal(MessageCode.NO_SERVER_AT_ALL);
                });

        assertThatThrownBy(() -> JsonText.attributes(PointMXBean.class, refusing))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.NO_SERVER_AT_ALL.text());
    }

    @Test
    void shouldWriteADocumentForPeopleOverSeveralLinesAndOneForAStreamInOne() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("one", 1);
        document.put("two", List.of("x"));

        assertThat(JsonText.pretty(document).lines().toList()).first().isEqualTo("{");
        assertThat(JsonText.line(document)).isEqualTo("{\"one\":1,\"two\":[\"x\"]}");
    }

    @Test
    void shouldTakeTheFieldsOfATextApart() {
        String text = String.join(
                System.lineSeparator(),
                "Transactions received   12",
                "In lost+found           0",
                "Blocked by   'a  b' is locked",
                "a line of another kind");

        assertThat(TextLines.fields(text))
                .containsExactly(
                        Map.entry("transactionsReceived", 12L),
                        Map.entry("inLostFound", 0L),
                        Map.entry("blockedBy", "'a  b' is locked"));
    }
}
