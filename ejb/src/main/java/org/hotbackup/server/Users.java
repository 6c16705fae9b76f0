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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * The users of this node: items of {@code dm,users} (attribute 1 name, 2 address, 7 password hash, 8 roles), and the pseudo user
 * {@code local}, whose password is the home's own secret. Thread-safe.
 */
@ApplicationScoped
public class Users implements CallerStore {

    private static final String LOCAL = "local";
    private static final int PAGE = 100;
    private static final int NAME = 1;
    private static final int ADDRESS = 2;
    private static final int PASSWORD_HASH = 7;
    private static final int ROLES = 8;

    /** What an unknown user's password is compared with, so that the answer takes as long as for a known one. */
    private static final String NOBODY = PasswordHash.ofNobody();

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
        Optional<String> hash = record.map(r -> r.extract(PASSWORD_HASH)).filter(h -> !h.isEmpty());
        boolean right = PasswordHash.verify(password, hash.orElse(NOBODY)) && hash.isPresent();
        return record.filter(r -> right).map(r -> Set.copyOf(r.values(ROLES)));
    }

    /** Where a user gets notices outside of a terminal (HB-058), empty if nowhere. */
    Optional<String> address(String user) {
        return record(user).map(record -> record.extract(ADDRESS)).filter(address -> !address.isEmpty());
    }

    /** All users with an address for notices, as {@code user=address}. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        ItemId after = null;
        List<StoredItem> page = files.items(SystemPaths.USERS, after, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                String address = DynamicArray.of(item.body()).extract(ADDRESS);
                if (!address.isEmpty()) {
                    addresses.add(item.id() + "=" + address);
                }
                after = item.id();
            }
            page = files.items(SystemPaths.USERS, after, PAGE);
        }
        return addresses;
    }

    /**
     * Says where a user gets notices; a user who is not known yet gets a record without a password, which opens nothing.
     *
     * @param address of mail or of the web; empty for none
     * @throws Refusal if one of both cannot be used
     */
    public OperationReceipt setAddress(String user, String address) {
        if (!NotifyList.isUser(user)) {
            throw new Refusal(MessageCode.USER_NAME_UNUSABLE, user);
        }
        if (!address.isEmpty() && NoticeAddress.parse(address).isEmpty()) {
            throw new Refusal(MessageCode.ADDRESS_UNUSABLE, address);
        }
        DynamicArray record =
                record(user).orElseGet(() -> DynamicArray.of(new byte[0]).replace(NAME, user));
        files.write(
                SystemPaths.USERS,
                ItemId.of(user),
                record.replace(ADDRESS, address).bytes());
        return address.isEmpty()
                ? OperationReceipt.done(MessageCode.ADDRESS_REMOVED, user)
                : OperationReceipt.done(MessageCode.ADDRESS_SET, user, address);
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
