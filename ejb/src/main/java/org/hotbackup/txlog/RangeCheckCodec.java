package org.hotbackup.txlog;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.Limits;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.txlog.MalformedEntryException.Fault;

/** The operation {@code check range} of {@link LogEntryCodec} as bytes. */
final class RangeCheckCodec {

    private static final int SHA256_BYTES = 32;

    private RangeCheckCodec() {}

    static long size(RangeCheck check) {
        long size = 8L + 1 + length(check.after()) + 1 + length(check.upTo()) + 8 + 8 + SHA256_BYTES + 1;
        if (check.detail().isPresent()) {
            for (ItemId id : check.detail().get().keySet()) {
                size += 1 + id.length() + 4 + SHA256_BYTES;
            }
        }
        return size;
    }

    static void put(ByteBuffer out, RangeCheck check) {
        out.putLong(check.number());
        putEdge(out, check.after());
        putEdge(out, check.upTo());
        out.putLong(check.items()).putLong(check.bytes());
        out.put(HexFormat.of().parseHex(check.sha256()));
        out.put((byte) (check.detail().isPresent() ? 1 : 0));
        check.detail()
                .ifPresent(items -> items.forEach((id, sum) -> {
                    LogEntryCodec.putId(out, id);
                    out.putInt(sum.bytes()).put(HexFormat.of().parseHex(sum.sha256()));
                }));
    }

    static RangeCheck get(ByteBuffer in) throws MalformedEntryException {
        long number = in.getLong();
        Optional<ItemId> after = edge(in);
        Optional<ItemId> upTo = edge(in);
        long items = in.getLong();
        long bytes = in.getLong();
        String sha256 = sha256(in);
        byte detail = in.get();
        boolean wrongEdges =
                after.isPresent() && upTo.isPresent() && after.get().compareTo(upTo.get()) >= 0;
        if (number < 1 || items < 0 || bytes < 0 || wrongEdges || detail < 0 || detail > 1) {
            throw new MalformedEntryException(Fault.CONTENT, "a range that cannot be");
        }
        RangeCheck whole = new RangeCheck(number, after, upTo, items, bytes, sha256, Optional.empty());
        return detail == 0
                ? whole
                : new RangeCheck(number, after, upTo, items, bytes, sha256, Optional.of(detail(in, whole)));
    }

    private static SortedMap<ItemId, ItemSum> detail(ByteBuffer in, RangeCheck range) throws MalformedEntryException {
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>();
        for (long i = 0; i < range.items(); i++) {
            ItemId id = LogEntryCodec.id(in);
            if (!range.holds(id) || !detail.isEmpty() && detail.lastKey().compareTo(id) >= 0) {
                throw new MalformedEntryException(Fault.CONTENT, "an item outside its range");
            }
            detail.put(id, new ItemSum(LogEntryCodec.length(in, Limits.MAX_ITEM_BYTES), sha256(in)));
        }
        return detail;
    }

    private static int length(Optional<ItemId> edge) {
        return edge.map(ItemId::length).orElse(0);
    }

    private static void putEdge(ByteBuffer out, Optional<ItemId> edge) {
        edge.ifPresentOrElse(id -> LogEntryCodec.putId(out, id), () -> out.put((byte) 0));
    }

    private static Optional<ItemId> edge(ByteBuffer in) {
        int length = in.get() & 0xFF;
        return length == 0 ? Optional.empty() : Optional.of(ItemId.of(LogEntryCodec.bytes(in, length)));
    }

    private static String sha256(ByteBuffer in) {
        return HexFormat.of().formatHex(LogEntryCodec.bytes(in, SHA256_BYTES));
    }
}
