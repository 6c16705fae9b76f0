package org.hotbackup.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.ItemSum;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.Difference;

/** Collects the fields of a frame's body; nothing is copied before its length is known. */
final class FrameWriter {

    static final int SHA256_BYTES = 32;

    private final List<byte[]> parts = new ArrayList<>();
    private int length;

    FrameWriter number(long number) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    FrameWriter count(int count) {
        return add(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
    }

    FrameWriter flag(boolean flag) {
        return add(new byte[] {(byte) (flag ? 1 : 0)});
    }

    FrameWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return count(utf8.length).add(utf8);
    }

    FrameWriter position(Position position) {
        return text(position.history()).number(position.transaction()).number(position.lsn());
    }

    FrameWriter totals(Totals totals) {
        return number(totals.applied()).number(totals.lostAndFound()).number(totals.pending());
    }

    FrameWriter entry(LogEntry entry) {
        ByteBuffer header = ByteBuffer.allocate(FrameCodec.ENTRY_HEADER);
        header.putLong(entry.lsn()).putLong(entry.previousLsn()).putLong(entry.committedAtMillis());
        return add(header.putInt(entry.payload().length).array()).add(entry.payload());
    }

    FrameWriter report(CheckReport report) {
        number(report.number()).number(report.finding().code()).flag(report.more());
        count(report.differences().size());
        for (Difference difference : report.differences()) {
            byte[] id = difference.id().bytes();
            count(id.length).add(id);
            sum(difference.onMaster()).sum(difference.onSlave());
        }
        return this;
    }

    private FrameWriter sum(Optional<ItemSum> sum) {
        flag(sum.isPresent());
        sum.ifPresent(there -> number(there.bytes()).add(HexFormat.of().parseHex(there.sha256())));
        return this;
    }

    int length() {
        return length;
    }

    void writeTo(ByteBuffer out) {
        parts.forEach(out::put);
    }

    private FrameWriter add(byte[] part) {
        parts.add(part);
        length = Math.addExact(length, part.length);
        return this;
    }
}
