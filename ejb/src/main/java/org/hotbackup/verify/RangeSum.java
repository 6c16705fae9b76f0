package org.hotbackup.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;

/** Sums up items in the order of their ids, as {@link RangeCheck} says. For one use by one thread. */
public final class RangeSum {

    private final MessageDigest sha256 = sha256();
    private long items;
    private long bytes;

    /** The next item of the range. */
    public void add(ItemId id, byte[] body) {
        add(id.bytes());
        add(body);
        items++;
    }

    /** How many items were added. */
    public long items() {
        return items;
    }

    /** The bytes of their ids and bodies. */
    public long bytes() {
        return bytes;
    }

    /** The digest in hex; ends the use. */
    public String digest() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** What one body amounts to. */
    public static ItemSum of(byte[] body) {
        return new ItemSum(body.length, HexFormat.of().formatHex(sha256().digest(body)));
    }

    private void add(byte[] field) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, field.length));
        sha256.update(field);
        bytes += field.length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
