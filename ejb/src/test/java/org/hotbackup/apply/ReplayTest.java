package org.hotbackup.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final ItemId RECORD = ItemId.of("1");

    /** Whoever came second read that it is not known what was updated since, and was to enter the updates by hand. */
    @Test
    void shouldSayThatTheRecordIsGoneWhenAnotherOperatorTakesItOutMeanwhile() {
        MemoryImage image = new MemoryImage() {
            @Override
            public Optional<byte[]> read(FilePath file, ItemId id) {
                Optional<byte[]> found = super.read(file, id);
                write(SlaveFiles.LOST_AND_FOUND, new TreeMap<>(Map.of(RECORD, Optional.empty())));
                write(
                        SlaveFiles.REPLAYABLE,
                        new TreeMap<>(Map.of(ItemId.of(ReplayableItems.ofRecord(RECORD)), Optional.empty())));
                return found;
            }
        };
        Update update = new Update.ItemDeleted(FilePath.data("world", "countries"), ItemId.of("CH"));
        LostItem lost = new LostItem(
                RECORD,
                LostAndFoundType.of("4"),
                "Del itm",
                "fromprod",
                0,
                0,
                7,
                6,
                "no such file",
                "",
                LogEntryCodec.encode(List.of(update)));
        image.write(SlaveFiles.LOST_AND_FOUND, new TreeMap<>(Map.of(RECORD, Optional.of(lost.toItem()))));
        image.write(
                SlaveFiles.REPLAYABLE,
                new TreeMap<>(
                        Map.of(ItemId.of(ReplayableItems.ofRecord(RECORD)), Optional.of(ReplayableItems.toBody(1)))));

        assertThatThrownBy(() -> new Replay(RECORD, image))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.NO_LOST_ITEM.text(RECORD));
    }

    @Test
    @Tag("HB-160")
    void shouldTellOfEveryUpdateWhatAReplayWouldDo() {
        MemoryImage image = new MemoryImage();
        FilePath countries = FilePath.data("world", "countries");
        List<Update> updates = List.of(
                new Update.ItemDeleted(countries, ItemId.of("CH")),
                new Update.ItemWritten(countries, ItemId.of("FR"), new byte[] {'a'}));
        LostItem lost = new LostItem(
                RECORD,
                LostAndFoundType.of("4"),
                "Del itm",
                "fromprod",
                3_600,
                0,
                7,
                6,
                "no such file",
                "",
                LogEntryCodec.encode(updates));
        Overtaken.Changes changes = new Overtaken().change();
        changes.keep(lost, image);
        changes.write(image);
        // somebody wrote France since
        Extent.of(updates.get(1))
                .ifPresent(extent -> image.write(
                        SlaveFiles.REPLAYABLE,
                        new TreeMap<>(
                                Map.of(ItemId.of(ReplayableItems.ofUpdate(extent, turn(image))), Optional.empty()))));
        Replay replay = new Replay(RECORD, image);

        assertThat(replay.changes(image))
                .containsExactly(
                        new ReplayChange(
                                1,
                                "delete",
                                "world,countries",
                                "CH",
                                true,
                                "is not there, but its file has to be created first"),
                        new ReplayChange(
                                2, "write", "world,countries", "FR", false, "was updated since, is left alone"));
        assertThat(replay.difference(image).lines())
                .containsExactly(
                        "Del itm 'CH' in 'world,countries': is not there, but its file has to be created first",
                        "Upd itm 'FR' in 'world,countries': was updated since, is left alone");
        assertThat(lost.instant()).isEqualTo("1967-12-31T01:00:00Z");
    }

    private static long turn(MemoryImage image) {
        return ReplayableItems.turnOf(RECORD, image).orElseThrow();
    }
}
