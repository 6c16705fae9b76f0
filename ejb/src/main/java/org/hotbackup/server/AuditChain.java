package org.hotbackup.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;

/**
 * How a record of the audit is an item of {@code dm,hb.log,audit}: its fields as attributes, and as the last one SHA-256 over the
 * hash of the record before (64 zeros before the first) and all the bytes of the others. The id is the number in 16 digits.
 */
final class AuditChain {

    /** Stands before the first record. */
    static final String BEFORE_FIRST = "0".repeat(64);

    private static final int FIELDS = 13;

    private AuditChain() {}

    static ItemId id(long number) {
        return ItemId.of(String.format("%016d", number));
    }

    /** A record behind another one. */
    static AuditRecord seal(AuditRecord unsealed, String before) {
        return unsealed.sealed(unsealed.number(), hash(before, bytes(unsealed)));
    }

    /** A record as an item. */
    static StoredItem item(AuditRecord sealed) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(sealed));
        body.write(Marks.ATTRIBUTE);
        body.writeBytes(sealed.hash().getBytes(StandardCharsets.US_ASCII));
        return new StoredItem(id(sealed.number()), body.toByteArray());
    }

    /** What an item says; anything may stand in it. */
    static AuditRecord record(StoredItem item) {
        DynamicArray body = DynamicArray.of(item.body());
        return new AuditRecord(
                number(body.extract(1)),
                body.extract(2),
                body.extract(3),
                body.extract(4),
                body.extract(5),
                body.extract(6),
                body.extract(7),
                body.extract(8),
                body.extract(9),
                body.extract(10),
                body.extract(11),
                number(body.extract(12)),
                number(body.extract(13)),
                body.extract(14));
    }

    /**
     * The record of an item, if it is the one behind another one, byte for byte.
     *
     * @param number the number that it must have
     * @param before the hash of the one before
     */
    static Optional<AuditRecord> next(StoredItem item, long number, String before) {
        AuditRecord record = record(item);
        boolean whole = item.id().equals(id(number))
                && record.number() == number
                && DynamicArray.of(item.body()).attributeCount() == FIELDS + 1
                && record.equals(seal(record, before))
                && Arrays.equals(item(record).body(), item.body());
        return whole ? Optional.of(record) : Optional.empty();
    }

    private static byte[] bytes(AuditRecord record) {
        return DynamicArray.ofAttributes(
                        Long.toString(record.number()),
                        record.time(),
                        record.user(),
                        record.surface(),
                        record.address(),
                        record.bean(),
                        record.operation(),
                        record.arguments(),
                        record.outcome(),
                        record.messageId(),
                        record.message(),
                        Long.toString(record.begun()),
                        Long.toString(record.times()))
                .bytes();
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private static String hash(String before, byte[] record) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(record));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
