package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.saves.HalfRestored;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a device knows after a kill. */
@Tag("TS-001")
class TapeStationTest {

    private final TapeStation station = new TapeStation(
            TapeDeviceDefinition.parse("t t 500 f").get(0),
            size -> null,
            work -> null,
            Clock.systemUTC(),
            Duration.ZERO,
            null,
            (code, values) -> {});

    private static HalfRestored half(String account, String task) {
        return new HalfRestored(account, account, "restore", "t", "", task);
    }

    private String found() {
        return station.job().orElseThrow().receipt().message();
    }

    /** It named what restores of other tapes had left weeks before. */
    @Test
    void shouldNameOnlyWhatThisRestoreLeftHalf() {
        station.foundBrokenOff(
                "restore device=t task=tape:t:7",
                List.of(half("older", "tape:t:6"), half("other", "tape:u:7"), half("shop", "tape:t:7")));

        assertThat(found()).contains("half restored: shop;").doesNotContain("older", "other");
    }

    @Test
    void shouldNotGiveATaskTheNumberOfOneThatLeftSomethingHalf() {
        station.foundBrokenOff("restore device=t task=tape:t:7", List.of());
        station.keepsNumberOf(half("other", "tape:u:90"));
        station.keepsNumberOf(half("unknown", ""));
        assertThat(station.lastTask()).isEqualTo(7);

        station.keepsNumberOf(half("older", "tape:t:9"));
        assertThat(station.lastTask()).isEqualTo(9);
    }
}
