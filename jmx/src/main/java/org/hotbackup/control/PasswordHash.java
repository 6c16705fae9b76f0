package org.hotbackup.control;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Passwords as they are stored: {@code pbkdf2-sha256$iterations$salt$hash}, salt and hash in hex. */
public final class PasswordHash {

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int ITERATIONS = 120_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private PasswordHash() {}

    /** The hash of a password, with a new salt each time. */
    public static String of(String password) {
        byte[] salt = random(SALT_BYTES);
        return of(salt, derive(password, salt, ITERATIONS));
    }

    /** A hash that nobody's password has and that takes as long to compare with; made without hashing anything. */
    public static String ofNobody() {
        return of(random(SALT_BYTES), random(HASH_BITS / Byte.SIZE));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String of(byte[] salt, byte[] hash) {
        HexFormat hex = HexFormat.of();
        return String.join("$", SCHEME, Integer.toString(ITERATIONS), hex.formatHex(salt), hex.formatHex(hash));
    }

    /** Whether this is the password; false for a hash that cannot be read. Takes the same time for every password. */
    public static boolean verify(String password, String hash) {
        String[] parts = hash.split("\\$");
        if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("[0-9]{1,7}")) {
            return false;
        }
        int iterations = Integer.parseInt(parts[1]);
        if (iterations == 0 || !parts[2].matches("([0-9a-f]{2})+") || !parts[3].matches("([0-9a-f]{2})+")) {
            return false;
        }
        HexFormat hex = HexFormat.of();
        return MessageDigest.isEqual(hex.parseHex(parts[3]), derive(password, hex.parseHex(parts[2]), iterations));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        } finally {
            key.clearPassword();
        }
    }
}
