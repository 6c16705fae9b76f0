package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.settings.ServerSettings;
import org.junit.jupiter.api.Test;

/** Which timers there are; what they do when they are due is seen in the system tests. */
class ServerTimersTest {

    private static final NoticeBoard NOBODY = new NoticeBoard((user, notice) -> {});

    /** The period of each timer of the container, in milliseconds. */
    private final Map<Timer, Long> kept = new LinkedHashMap<>();

    private final ServerTimers timers = new ServerTimers(container(), new DefinedServers(), null, null);

    private TimerService container() {
        return (TimerService) Proxy.newProxyInstance(
                TimerService.class.getClassLoader(), new Class<?>[] {TimerService.class}, (self, method, values) -> {
                    if (method.getName().equals("getTimers")) {
                        return new ArrayList<>(kept.keySet());
                    }
                    if (!method.getName().equals("createIntervalTimer")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    TimerConfig config = (TimerConfig) values[2];
                    assertThat(config.isPersistent()).isFalse();
                    assertThat(values[0]).isEqualTo(values[1]);
                    Timer timer = timer(config.getInfo());
                    kept.put(timer, (Long) values[1]);
                    return timer;
                });
    }

    private Timer timer(Serializable info) {
        return (Timer) Proxy.newProxyInstance(
                Timer.class.getClassLoader(),
                new Class<?>[] {Timer.class},
                (self, method, values) -> switch (method.getName()) {
                    case "getInfo" -> info;
                    case "cancel" -> {
                        kept.remove(self);
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == values[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ReplicationServer server(String name, String settings) {
        PermanentLog log = new PermanentLog(new FilesInMemory().files(), Clock.systemUTC(), Thread::new);
        return new ReplicationServer(
                ServerDefinition.of(name, ServerSettings.parse(settings), 0), log, NOBODY, Clock.systemUTC());
    }

    @Test
    void shouldHaveTheTimersThatAMasterServerIsSetUpWith() {
        timers.start(server("fromprod", "type=slave port=2000"));
        timers.start(server("idle", "type=master host=a port=2000 txlog-timer=0 check-period=0"));
        assertThat(kept).isEmpty();

        timers.start(server("todev", "type=master host=a port=2000 txlog-timer=7 check-period=300"));
        assertThat(kept.values()).containsExactly(7_000L, 300_000L);
    }

    @Test
    void shouldOnlyCancelThoseOfTheServerThatEnds() {
        ReplicationServer ends = server("todev", "type=master host=a port=2000 txlog-timer=7 check-period=300");
        timers.startUpkeep();
        timers.start(ends);
        timers.start(server("totest", "type=master host=b port=2000 txlog-timer=0 check-period=60"));
        timers.cancel(ends);

        assertThat(List.copyOf(kept.values())).containsExactly(1_000L, 60_000L);
    }
}
