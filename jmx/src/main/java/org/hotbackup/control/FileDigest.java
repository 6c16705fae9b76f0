package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * What a file section's image amounts to: two nodes hold the same section if count and digest are the same.
 *
 * @param path the section, as {@code account,file}
 * @param items how many items
 * @param bytes the bytes of all ids and bodies
 * @param sha256 in hex: over the items in unsigned byte order of their ids; for each the id's length (4 bytes, big
 *     endian), the id, the body's length (4 bytes), the body
 */
public record FileDigest(String path, long items, long bytes, String sha256) {

    /** For MXBean tools. */
    @ConstructorParameters({"path", "items", "bytes", "sha256"})
    public FileDigest {}

    public String getPath() {
        return path;
    }

    public long getItems() {
        return items;
    }

    public long getBytes() {
        return bytes;
    }

    public String getSha256() {
        return sha256;
    }
}
