package org.hotbackup.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.store.LostAndFoundDesk;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Test;

/** A new user could not look into lost+found: it said that an item was updated, and never with what. */
class UpdateContentsTest {

    private static final ItemId ID = ItemId.of("19910517-103015-000-fromprod-7");
    private static final FilePath ORDERS = FilePath.data("shop", "orders");

    private static LostItem record(LostAndFoundType type, byte[] body) {
        return new LostItem(ID, type, "Upd itm", "fromprod", 0, 0, 7, 6, "why", "", body);
    }

    private static LostItem record(Update... updates) {
        return record(LostAndFoundType.CANNOT_BE_PERFORMED, LogEntryCodec.encode(List.of(updates)));
    }

    private static LostAndFoundControl control(LostItem record) {
        LostAndFoundControl control = new LostAndFoundControl();
        control.desk = new LostAndFoundDesk() {
            @Override
            public LostItem show(ItemId id) {
                return record;
            }
        };
        return control;
    }

    private static Update.ItemWritten write(String id, byte[] body) {
        return new Update.ItemWritten(ORDERS, ItemId.of(id), body);
    }

    @Test
    void shouldShowEachUpdateWithTheContentOfItsItem() {
        LostItem record = record(
                new Update.FileCreated(ORDERS, DPointer.of("DL", 101)),
                write("onlyprod1", new byte[] {'a', (byte) 0xFD, 'b', (byte) 0xFE, 7}),
                new Update.ItemDeleted(ORDERS, ItemId.of("gone")));

        assertThat(control(record).show(ID.toString()).lines())
                .contains("Message              why")
                .containsSequence(
                        "  Create file 'shop,orders'",
                        "    001 DL",
                        "    002 ",
                        "    003 101",
                        "  Upd itm 'onlyprod1' in 'shop,orders'",
                        "    001 a]b",
                        "    002 \\x07",
                        "  Del itm 'gone' in 'shop,orders'");
    }

    @Test
    void shouldShowWhatHadToBeRemovedAndWhatCannotBeRead() {
        LostItem removed = record(LostAndFoundType.DPOINTER_IN_THE_WAY, "in the way".getBytes(UTF_8));
        LostItem unreadable = record(LostAndFoundType.LENGTH, new byte[] {0, 'x'});

        assertThat(control(removed).show("r").lines()).endsWith("  removed", "    001 in the way");
        assertThat(control(unreadable).show("r").lines()).endsWith("  unreadable", "    001 \\x00x");
    }

    @Test
    void shouldGiveTheExactBytesOfEachItem() {
        byte[] id = {(byte) 0xE4, 'b'};
        byte[] body = {0, (byte) 0xFE, (byte) 0xFF, '\r', '\n'};
        LostItem record = record(
                new Update.ItemWritten(FilePath.dictionary("shop", "orders"), ItemId.of(id), body),
                new Update.ItemDeleted(ORDERS, ItemId.of("gone")),
                new Update.FileCleared(ORDERS));

        List<UpdateContent> contents = control(record).contents(ID.toString(), 0, 0, 100);

        assertThat(contents).extracting(UpdateContent::operation).containsExactly("write", "delete", "clear");
        assertThat(contents).extracting(UpdateContent::number).containsExactly(1, 2, 3);
        assertThat(contents)
                .extracting(UpdateContent::file)
                .containsExactly("dict shop,orders", "shop,orders", "shop,orders");
        assertThat(contents).extracting(UpdateContent::item).containsExactly("\\xE4b", "gone", "");
        assertThat(contents.get(0).itemBytes()).isEqualTo(id);
        assertThat(contents.get(0).content()).isEqualTo(body);
        assertThat(contents).extracting(UpdateContent::bytes).containsExactly(5L, -1L, -1L);
        assertThat(control(record).contents(ID.toString(), 2, 0, 1))
                .extracting(UpdateContent::number)
                .containsExactly(3);
        assertThat(control(record).contents(ID.toString(), 3, 0, 100)).isEmpty();
    }

    @Test
    void shouldGiveALargeItemInParts() {
        byte[] large = new byte[2 * UpdateContents.PAGE_BYTES + 5];
        new Random(1).nextBytes(large);
        List<HeldUpdate> all =
                HeldUpdate.of(record(write("a", new byte[10]), write("large", large), write("b", new byte[3])));
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        List<UpdateContent> first = UpdateContents.page(all, 0, 0, 100);
        assertThat(first).extracting(UpdateContent::number).containsExactly(1, 2);
        read.writeBytes(first.get(1).content());
        List<UpdateContent> second = UpdateContents.page(all, 1, read.size(), 100);
        assertThat(second).extracting(UpdateContent::number).containsExactly(2);
        assertThat(second.get(0).offset()).isEqualTo(UpdateContents.PAGE_BYTES - 10);
        read.writeBytes(second.get(0).content());
        List<UpdateContent> third = UpdateContents.page(all, 1, read.size(), 100);
        assertThat(third).extracting(UpdateContent::number).containsExactly(2, 3);
        read.writeBytes(third.get(0).content());

        assertThat(read.toByteArray()).isEqualTo(large);
        assertThat(UpdateContents.page(all, 1, Long.MAX_VALUE, 1).get(0).content())
                .as("behind the end")
                .isEmpty();
    }
}
