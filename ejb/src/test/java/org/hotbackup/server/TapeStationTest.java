package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.device.TapeDrive;
import org.hotbackup.saves.HalfRestored;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device knows after a kill. */
@Tag("TS-001")
class TapeStationTest {

    private static final TapeDeviceDefinition DEVICE =
            TapeDeviceDefinition.parse("t t 500 f").get(0);

    @TempDir
    Path home;

    private final TapeStation station = station(size -> null);

    private static TapeStation station(IntFunction<TapeDrive> attaching) {
        return new TapeStation(
                DEVICE, attaching, work -> null, Clock.systemUTC(), Duration.ZERO, null, (code, values) -> {});
    }

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

    /** Who could not rewind it had it until he detached it. */
    @Test
    void shouldGiveBackADeviceThatCannotBeRewound() throws IOException {
        Files.createFile(home.resolve("t"));
        TapeStation unreadable = station(size -> {
            TapeDrive drive = TapeDrive.attach(DEVICE, home, size, 0);
            inItsPlaceAFolder();
            return drive;
        });

        assertThatThrownBy(() -> unreadable.read("ann", "restore", "pick0", true, (drive, job) -> null))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.TAPE_DEVICE_UNUSABLE));
        assertThat(unreadable.owner()).isEmpty();
    }

    private void inItsPlaceAFolder() {
        try {
            Files.delete(home.resolve("t"));
            Files.createDirectory(home.resolve("t"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
