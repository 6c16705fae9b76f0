package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * The users of this node: items of {@code dm,users} (attribute 1 name, 7 password hash, 8 roles), and the pseudo user
 * {@code local}, whose password is the home's own secret. Thread-safe.
 */
@ApplicationScoped
public class Users implements CallerStore {

    private static final String LOCAL = "local";
    private static final int NAME = 1;
    private static final int PASSWORD_HASH = 7;
    private static final int ROLES = 8;

    /** What an unknown user's password is compared with, so that the answer takes as long as for a known one. */
    private static final String NOBODY = PasswordHash.of("nobody's password, of no use");

    @Inject
    SystemFiles files;

    @Inject
    NodeConfiguration configuration;

    @Override
    public Optional<Set<String>> authenticate(String user, String password) {
        if (user.equals(LOCAL)) {
            return sameSecret(password, configuration.localSecret()) ? Optional.of(Set.of("admin")) : Optional.empty();
        }
        Optional<DynamicArray> record = record(user);
        String hash = record.map(r -> r.extract(PASSWORD_HASH)).orElse(NOBODY);
        boolean right = PasswordHash.verify(password, hash);
        return record.filter(r -> right).map(r -> Set.copyOf(r.values(ROLES)));
    }

    /** Takes over the first user that the node's creation left in the home, once. */
    void importFirstUser() {
        Path file = configuration.home().resolve("first-user.properties");
        if (!Files.exists(file)) {
            return;
        }
        Properties first = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            first.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = first.getProperty("name");
        DynamicArray record = DynamicArray.of(new byte[0])
                .replace(NAME, name)
                .replace(PASSWORD_HASH, first.getProperty("password-hash"))
                .replaceValues(ROLES, List.of(first.getProperty("roles").split(",")));
        files.write(SystemPaths.USERS, ItemId.of(name), record.bytes());
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<DynamicArray> record(String user) {
        try {
            return files.read(SystemPaths.USERS, ItemId.of(user)).map(DynamicArray::of);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static boolean sameSecret(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
