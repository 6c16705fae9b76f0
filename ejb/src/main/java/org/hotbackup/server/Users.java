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
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.Role;
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
public class Users {

    private static final String LOCAL = "local";
    private static final int PAGE = 100;
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 200;
    private static final int PASSWORD_BYTES = 15;

    /** Names that mean somebody else, to us or to a container. */
    private static final Set<String> RESERVED = Set.of(LOCAL, "anonymous", "unknown");

    private static final int NAME = 1;
    private static final int ADDRESS = 2;
    private static final int PASSWORD_HASH = 7;
    private static final int ROLES = 8;

    /** What an unknown user's password is compared with, so that the answer takes as long as for a known one. */
    private static final String NOBODY = PasswordHash.ofNobody();

    private static final Account OF_LOCAL = new Account(Set.of(Role.ADMIN.word()), LOCAL);

    /** What is asked at every call: the records of those who can log in, as they are stored. */
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    private record Account(Set<String> roles, String credential) {}

    @Inject
    SystemFiles files;

    @Inject
    NodeConfiguration configuration;

    /**
     * Checks a password; slow on purpose, for an unknown user as well.
     *
     * @return the {@link #credential} of the user's record that it was compared with; empty if it is wrong
     */
    public Optional<String> verify(String user, String password) {
        if (isLocal(user)) {
            return Optional.of(OF_LOCAL.credential()).filter(c -> sameSecret(password, configuration.localSecret()));
        }
        Optional<String> hash = record(user).map(r -> r.extract(PASSWORD_HASH)).filter(h -> !h.isEmpty());
        boolean right = PasswordHash.verify(password, hash.orElse(NOBODY)) && hash.isPresent();
        return hash.filter(h -> right).map(Users::sha256);
    }

    /** Whether it is the pseudo user of whoever owns the node's home. */
    public static boolean isLocal(String user) {
        return user.equals(LOCAL);
    }

    /** The roles that a user has now, none if he is nobody. */
    public Set<String> roles(String user) {
        return account(user).map(Account::roles).orElse(Set.of());
    }

    /** A mark of the user's password as it is now; empty if he is nobody. */
    public String credential(String user) {
        return account(user).map(Account::credential).orElse("");
    }

    private Optional<Account> account(String user) {
        return isLocal(user)
                ? Optional.of(OF_LOCAL)
                : Optional.ofNullable(accounts.computeIfAbsent(
                        user, name -> record(name).flatMap(this::account).orElse(null)));
    }

    private Optional<Account> account(DynamicArray record) {
        String hash = record.extract(PASSWORD_HASH);
        return hash.isEmpty()
                ? Optional.empty()
                : Optional.of(new Account(Set.copyOf(record.values(ROLES)), sha256(hash)));
    }

    /** Where a user gets notices outside of a terminal (HB-058), empty if nowhere. */
    Optional<String> address(String user) {
        return record(user).map(record -> record.extract(ADDRESS)).filter(address -> !address.isEmpty());
    }

    /** All users with an address for notices, as {@code user=address}; of a web address scheme and host, since the rest may be a secret. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        ItemId after = null;
        List<StoredItem> page = files.items(SystemPaths.USERS, after, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                String address = DynamicArray.of(item.body()).extract(ADDRESS);
                if (!address.isEmpty()) {
                    addresses.add(item.id() + "=" + NoticeAddress.shown(address));
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
    public synchronized OperationReceipt setAddress(String user, String address) {
        if (!NotifyList.isUser(user)) {
            throw new Refusal(MessageCode.USER_NAME_UNUSABLE, user);
        }
        if (!address.isEmpty() && NoticeAddress.parse(address).isEmpty()) {
            throw new Refusal(MessageCode.ADDRESS_UNUSABLE, user);
        }
        DynamicArray record =
                record(user).orElseGet(() -> DynamicArray.of(new byte[0]).replace(NAME, user));
        write(user, record.replace(ADDRESS, address));
        return address.isEmpty()
                ? OperationReceipt.done(MessageCode.ADDRESS_REMOVED, user)
                : OperationReceipt.done(MessageCode.ADDRESS_SET, user, NoticeAddress.shown(address));
    }

    /** Everybody, by name; also those who cannot log in and only get notices. */
    public List<NodeUser> all() {
        List<NodeUser> all = new ArrayList<>();
        List<StoredItem> page = files.items(SystemPaths.USERS, null, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                DynamicArray record = DynamicArray.of(item.body());
                all.add(new NodeUser(
                        item.id().toString(),
                        String.join(",", record.values(ROLES)),
                        record.extract(ADDRESS),
                        canLogIn(record)));
            }
            page = files.items(SystemPaths.USERS, page.get(page.size() - 1).id(), PAGE);
        }
        return all;
    }

    private static boolean canLogIn(DynamicArray record) {
        return !record.extract(PASSWORD_HASH).isEmpty();
    }

    /**
     * Makes a user with a password that only the answer shows; of one who only got notices, one who can log in.
     *
     * @throws Refusal if there is one of this name already, or name or roles cannot be used
     */
    public synchronized OperationReceipt create(String name, String roles) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Refusal(MessageCode.USER_RESERVED, name);
        }
        if (!NotifyList.isUser(name)) {
            throw new Refusal(MessageCode.USER_NAME_UNUSABLE, name);
        }
        DynamicArray record =
                record(name).orElseGet(() -> DynamicArray.of(new byte[0]).replace(NAME, name));
        if (canLogIn(record)) {
            throw new Refusal(MessageCode.USER_EXISTS, name);
        }
        List<String> given = parsed(roles);
        String password = password();
        write(name, record.replace(PASSWORD_HASH, PasswordHash.of(password)).replaceValues(ROLES, given));
        return OperationReceipt.done(MessageCode.USER_CREATED, name, String.join(", ", given), password);
    }

    /**
     * Gives a user other roles.
     *
     * @throws Refusal if there is no such user, the roles cannot be used, or nobody would be admin any more
     */
    public synchronized OperationReceipt setRoles(String name, String roles) {
        DynamicArray record = required(name);
        List<String> given = parsed(roles);
        if (!given.contains(Role.ADMIN.word())) {
            requireAnotherAdmin(name);
        }
        write(name, record.replaceValues(ROLES, given));
        return OperationReceipt.done(MessageCode.ROLES_SET, name, String.join(", ", given));
    }

    /**
     * Gives a user a password that only the answer shows.
     *
     * @throws Refusal if there is no such user
     */
    public synchronized OperationReceipt newPassword(String name) {
        DynamicArray record = required(name);
        String password = password();
        write(name, record.replace(PASSWORD_HASH, PasswordHash.of(password)));
        return OperationReceipt.done(MessageCode.PASSWORD_RENEWED, name, password);
    }

    /**
     * Gives a user the password that he chose.
     *
     * @throws Refusal if there is no such user, or it is too short or too long
     */
    public synchronized OperationReceipt setPassword(String name, String password) {
        DynamicArray record = required(name);
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new Refusal(MessageCode.PASSWORD_LENGTH, password.length(), SHORTEST_PASSWORD, LONGEST_PASSWORD);
        }
        write(name, record.replace(PASSWORD_HASH, PasswordHash.of(password)));
        return OperationReceipt.done(MessageCode.PASSWORD_CHANGED, name);
    }

    /**
     * Deletes a user, with his address for notices.
     *
     * @throws Refusal if there is no such user, or nobody would be admin any more
     */
    public synchronized OperationReceipt delete(String name, String reason) {
        if (isLocal(name)) {
            throw new Refusal(MessageCode.USER_RESERVED, name);
        }
        if (record(name).isEmpty()) {
            throw new Refusal(MessageCode.NO_USER, name);
        }
        requireAnotherAdmin(name);
        files.delete(SystemPaths.USERS, ItemId.of(name));
        accounts.remove(name);
        return OperationReceipt.done(MessageCode.USER_DELETED, name, reason);
    }

    private DynamicArray required(String name) {
        if (isLocal(name)) {
            throw new Refusal(MessageCode.USER_RESERVED, name);
        }
        return record(name).filter(Users::canLogIn).orElseThrow(() -> new Refusal(MessageCode.NO_USER, name));
    }

    private void requireAnotherAdmin(String name) {
        List<String> admins = all().stream()
                .filter(NodeUser::login)
                .filter(user -> List.of(user.roles().split(",")).contains(Role.ADMIN.word()))
                .map(NodeUser::name)
                .toList();
        if (admins.equals(List.of(name))) {
            throw new Refusal(MessageCode.LAST_ADMIN, name);
        }
    }

    private static List<String> parsed(String roles) {
        List<String> known = Arrays.stream(Role.values()).map(Role::word).toList();
        List<String> given = Arrays.stream(roles.split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
        if (!known.containsAll(given)) {
            throw new Refusal(MessageCode.ROLES_UNUSABLE, roles);
        }
        return given;
    }

    private static String password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
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
        write(name, record);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String user, DynamicArray record) {
        files.write(SystemPaths.USERS, ItemId.of(user), record.bytes());
        accounts.remove(user);
    }

    private Optional<DynamicArray> record(String user) {
        try {
            return files.read(SystemPaths.USERS, ItemId.of(user)).map(DynamicArray::of);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean sameSecret(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
