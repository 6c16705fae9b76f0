package org.hotbackup.apply;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.ItemId;

/**
 * How {@code dm,hb.log,replayable} is laid out. For each record of lost+found an item with its turn, and for each of its
 * updates that is not overtaken an item at the update's place under that turn, which holds the record's id: so what stands
 * at a place, or below it, stands together, the oldest of one place first.
 */
final class ReplayableItems {

    private static final int PAGE = 1_000;
    private static final String RECORD = "@";
    private static final String TURN = "/#";
    private static final String BELOW = "/";
    /** Behind every id that begins alike. */
    private static final char LAST = '~';

    private ReplayableItems() {}

    /** The item that says a record's turn. */
    static String ofRecord(ItemId record) {
        return RECORD + record;
    }

    /** The item of an update that is not overtaken. */
    static String ofUpdate(Extent extent, long turn) {
        return at(extent) + String.format("%019d", turn);
    }

    /** How all items of exactly this place begin. */
    static String at(Extent extent) {
        return extent.key() + TURN;
    }

    /** How all items of this place and of those that it contains begin. */
    static String within(Extent extent) {
        return extent.key() + BELOW;
    }

    /** Behind all items that begin like this. */
    static String behind(String prefix) {
        return prefix + LAST;
    }

    /** The place of an update's item, empty for a record's. */
    static Optional<Extent> extent(ItemId id) {
        String text = id.toString();
        return text.startsWith(RECORD)
                ? Optional.empty()
                : Optional.of(new Extent(text.substring(0, text.lastIndexOf(TURN))));
    }

    /** The turn in the id of an update's item. */
    static long turn(ItemId id) {
        String text = id.toString();
        return Long.parseLong(text.substring(text.lastIndexOf(TURN) + TURN.length()));
    }

    /** A turn as a record's item holds it. */
    static byte[] toBody(long turn) {
        return Long.toString(turn).getBytes(StandardCharsets.US_ASCII);
    }

    /** The turn that a record's item holds. */
    static long turn(byte[] body) {
        return Long.parseLong(new String(body, StandardCharsets.US_ASCII));
    }

    /** A record's turn, empty if none is known. */
    static OptionalLong turnOf(ItemId record, SlaveImage image) {
        return image.read(SlaveFiles.REPLAYABLE, ItemId.of(ofRecord(record))).stream()
                .mapToLong(ReplayableItems::turn)
                .findFirst();
    }

    /** All items behind an id (null: all), some of them; empty at the end. */
    static List<StoredItem> page(ItemId after, SlaveImage image) {
        return image.items(SlaveFiles.REPLAYABLE, after, PAGE);
    }

    /** The items that begin like this, behind an id (null: all), some of them; empty at the end. */
    static List<StoredItem> page(String prefix, ItemId after, SlaveImage image) {
        ItemId from = after == null ? ItemId.of(prefix) : after;
        return image.range(SlaveFiles.REPLAYABLE, from, ItemId.of(behind(prefix)), PAGE);
    }

    /** The first of the items that begin like this. */
    static Optional<StoredItem> first(String prefix, SlaveImage image) {
        return image.range(SlaveFiles.REPLAYABLE, ItemId.of(prefix), ItemId.of(behind(prefix)), 1).stream()
                .findFirst();
    }
}
