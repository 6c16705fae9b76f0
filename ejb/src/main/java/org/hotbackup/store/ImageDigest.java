package org.hotbackup.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;

/** Computes a section's {@link FileDigest} from its items in order. For one use by one thread. */
final class ImageDigest {

    private final MessageDigest sha256;
    private long items;
    private long bytes;

    ImageDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(StoredItem item) {
        add(item.id().bytes());
        add(item.body());
        items++;
    }

    FileDigest of(FilePath path) {
        return new FileDigest(path.toString(), items, bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    private void add(byte[] field) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, field.length));
        sha256.update(field);
        bytes += field.length;
    }
}
