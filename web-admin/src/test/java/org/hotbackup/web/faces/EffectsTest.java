package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.PermanentLogMXBean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said before something is destroyed. */
class EffectsTest {

    private static final Map<Object, Long> OLDER = Map.of("week", 7L, "month", 3L);

    private static <T> T bean(Class<T> contract, Function<Object[], Object> answers) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (proxy, method, arguments) -> answers.apply(arguments)));
    }

    @Test
    @Tag("HB-096")
    void shouldSayHowManyMessagesOfThePermanentLogAreDeleted() {
        PermanentLogMXBean log = bean(PermanentLogMXBean.class, given -> given == null ? 20L : OLDER.get(given[0]));
        Effects effects = new Effects();
        effects.control = bean(ControlDirectory.class, given -> log);

        assertThat(effects.of("permanentLog", "", "clear", ""))
                .contains(
                        "has 20 messages", "the 7 that are older than one week", "the 3 that are older than one month");
    }
}
