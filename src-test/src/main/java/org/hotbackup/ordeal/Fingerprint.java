package org.hotbackup.ordeal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is remembered of an item's body.
 *
 * @param bytes its length
 * @param sha256 its SHA-256 in hexadecimal
 */
public record Fingerprint(int bytes, String sha256) {

    /** Of this body. */
    public static Fingerprint of(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new Fingerprint(body.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return bytes + " bytes " + sha256.substring(0, 8);
    }
}
