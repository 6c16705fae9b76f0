package org.hotbackup.server;

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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Lets the users of the node in, on every surface: remembers for a minute who was verified, because checking a password is slow
 * on purpose and every REST request brings one; lets nobody try passwords of one user quickly; and checks only
 * {@value #CHECKED_AT_ONCE} passwords at a time, so that no crowd of strangers takes the processors from the replication.
 * Thread-safe.
 */
@ApplicationScoped
public class Logins implements CallerStore {

    static final int CHECKED_AT_ONCE = 2;

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MOST_REMEMBERED = 1_000;
    private static final long PATIENCE_SECONDS = 10;

    @Inject
    Users users;

    @Inject
    AuditTrail audit;

    private final byte[] salt = new SecureRandom().generateSeed(16);
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();
    private final FailedAttempts failures = new FailedAttempts();
    private final LongAdder failed = new LongAdder();
    private final Semaphore checking = new Semaphore(CHECKED_AT_ONCE, true);

    private record Verified(String credential, long until) {}

    @Override
    public Optional<Set<String>> authenticate(Caller caller, String password) {
        String user = caller.name();
        Optional<Set<String>> roles = verify(user, password)
                // unless he was changed just now
                .filter(credential -> credential.equals(users.credential(user)))
                .map(credential -> users.roles(user));
        if (roles.isEmpty()) {
            // people type passwords where names belong
            Caller known =
                    users.credential(user).isEmpty() ? new Caller("", caller.surface(), caller.address()) : caller;
            audit.note(logIn(known), AuditOutcome.of(new Refusal(MessageCode.NOT_AUTHENTICATED)));
            failed.increment();
        }
        return roles;
    }

    @Override
    public void loggedIn(Caller caller) {
        if (!Users.isLocal(caller.name())) {
            audit.happened(logIn(caller), AuditOutcome.of(OperationReceipt.done(MessageCode.LOGGED_IN)));
        }
    }

    private static AuditEvent logIn(Caller caller) {
        return new AuditEvent(caller, "Users", "logIn", "");
    }

    /** How often somebody was refused since the start. */
    public long failedTotal() {
        return failed.sum();
    }

    private Optional<String> verify(String user, String password) {
        if (Users.isLocal(user)) {
            // a secret that cannot be guessed, and that costs nothing to compare with
            return users.verify(user, password);
        }
        long now = System.nanoTime();
        String key = key(user, password);
        Verified known = verified.get(key);
        if (known != null && known.until() - now > 0 && known.credential().equals(users.credential(user))) {
            return Optional.of(known.credential());
        }
        // a name may be as long as a header
        String name = key(user, "");
        if (failures.isBlocked(name, now)) {
            return Optional.empty();
        }
        Optional<String> credential = check(user, password);
        if (credential.isPresent()) {
            remember(key, new Verified(credential.get(), now + REMEMBERED_NANOS), now);
            failures.succeeded(name);
        } else {
            failures.failed(name, now);
        }
        return credential;
    }

    private Optional<String> check(String user, String password) {
        try {
            if (!checking.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal(MessageCode.LOGINS_BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.LOGINS_BUSY);
        }
        try {
            return users.verify(user, password);
        } finally {
            checking.release();
        }
    }

    private void remember(String key, Verified one, long now) {
        verified.values().removeIf(before -> before.until() - now <= 0);
        if (verified.size() >= MOST_REMEMBERED) {
            verified.clear();
        }
        verified.put(key, one);
    }

    @Override
    public Set<String> roles(String user) {
        return users.roles(user);
    }

    @Override
    public String credential(String user) {
        return users.credential(user);
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
