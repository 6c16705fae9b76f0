package org.hotbackup.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.CallerStore;

/**
 * Remembers for a minute who was verified, because checking a password is slow on purpose and every request brings one;
 * and lets nobody try passwords of one user quickly. Thread-safe.
 */
@ApplicationScoped
public class VerifiedCallers {

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MOST_REMEMBERED = 1_000;

    @Inject
    CallerStore callers;

    private final byte[] salt = new SecureRandom().generateSeed(16);
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();
    private final FailedAttempts failures = new FailedAttempts();

    private record Verified(Set<String> roles, long until) {}

    /** The roles of a user with this password; empty if it is wrong, or was wrong too often just now. */
    Optional<Set<String>> roles(String user, String password) {
        long now = System.nanoTime();
        String key = key(user, password);
        Verified known = verified.get(key);
        if (known != null && known.until() - now > 0) {
            return Optional.of(known.roles());
        }
        // a name may be as long as a header
        String name = key(user, "");
        if (failures.isBlocked(name, now)) {
            return Optional.empty();
        }
        Optional<Set<String>> roles = callers.authenticate(user, password);
        if (roles.isPresent()) {
            verified.values().removeIf(one -> one.until() - now <= 0);
            if (verified.size() >= MOST_REMEMBERED) {
                verified.clear();
            }
            verified.put(key, new Verified(roles.get(), now + REMEMBERED_NANOS));
            failures.succeeded(name);
        } else {
            failures.failed(name, now);
        }
        return roles;
    }

    /** How many pairs and names are kept. */
    int remembered() {
        return verified.size() + failures.size();
    }

    private String key(String user, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(user.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
