package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.RealSystemFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

    @TempDir
    Path folder;

    private final Users users = new Users();
    private RealSystemFiles files;

    @BeforeEach
    void open() {
        files = RealSystemFiles.onH2(folder);
        users.files = files;
    }

    @AfterEach
    void close() {
        files.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.com",
                "mailto:bob.smith+hb@mail.example.com",
                "https://hooks.example.com/T1/B2?x=y",
                "http://127.0.0.1:8080/"
            })
    @Tag("HB-058")
    void shouldKeepAnAddressInTheUsersRecord(String address) {
        users.setAddress("bob", address);

        assertThat(users.address("bob")).contains(address);
        assertThat(DynamicArray.of(
                                files.read(SystemPaths.USERS, ItemId.of("bob")).orElseThrow())
                        .extract(2))
                .isEqualTo(address);

        users.setAddress("bob", "");

        assertThat(users.address("bob")).isEmpty();
        assertThat(users.addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob",
                "bob@",
                "@example.com",
                "bob@example.com, eve@example.com",
                "ftp://example.com/",
                "http:///x",
                "bob@example.com\r\nBcc: eve@example.com",
                "https://a b/",
                "file:/etc/passwd"
            })
    @Tag("HB-058")
    void shouldRefuseWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> users.setAddress("bob", address)).isInstanceOf(Refusal.class);

        assertThat(files.read(SystemPaths.USERS, ItemId.of("bob"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/T1/B2?x=y,https://hooks.example.com",
        "http://127.0.0.1:8080/T1,http://127.0.0.1:8080",
        "mailto:bob@example.com,bob@example.com"
    })
    void shouldShowOfAnAddressOnlyWhatIsNoSecret(String address, String shown) {
        assertThat(users.setAddress("bob", address).message()).isEqualTo(MessageCode.ADDRESS_SET.text("bob", shown));
        assertThat(users.addresses()).containsExactly("bob=" + shown);
    }

    @Test
    void shouldNotRepeatAnAddressThatItRefuses() {
        assertThatThrownBy(() -> users.setAddress("bob", "https://bob:hunter2@example.com/"))
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("'bob'");
    }

    @Test
    void shouldKeepTheRestOfARecord() {
        String hash = PasswordHash.of("secret");
        files.write(
                SystemPaths.USERS,
                ItemId.of("bob"),
                DynamicArray.of(new byte[0])
                        .replace(1, "bob")
                        .replace(7, hash)
                        .replace(8, "admin")
                        .bytes());

        users.setAddress("bob", "bob@example.com");

        assertThat(users.verify("bob", "secret")).contains(users.credential("bob"));
        assertThat(users.roles("bob")).containsExactly("admin");
        assertThat(users.verify("bob", "wrong")).isEmpty();
    }

    private static String passwordIn(OperationReceipt receipt) {
        Matcher password = Pattern.compile("password ([0-9a-f]{30}),").matcher(receipt.message());
        assertThat(password.find()).as(receipt.message()).isTrue();
        return password.group(1);
    }

    private void refused(MessageCode code, Supplier<OperationReceipt> operation) {
        List<NodeUser> before = users.all();
        assertThatThrownBy(operation::get)
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(users.all()).isEqualTo(before);
    }

    @Test
    void shouldMakeUsersWhoCanLogInAtOnce() {
        String first = passwordIn(users.create("bob", "operator"));
        users.setAddress("eve", "eve@example.com");
        String second = passwordIn(users.create("eve", "viewer, admin"));

        assertThat(first).isNotEqualTo(second);
        assertThat(users.verify("bob", first)).contains(users.credential("bob"));
        assertThat(users.roles("bob")).containsExactly("operator");
        assertThat(users.all())
                .containsExactly(
                        new NodeUser("bob", "operator", "", true),
                        new NodeUser("eve", "viewer,admin", "eve@example.com", true));
        refused(MessageCode.USER_EXISTS, () -> users.create("bob", "viewer"));
    }

    @ParameterizedTest
    @CsvSource({"local,USER_RESERVED", "Anonymous,USER_RESERVED", "'a b',USER_NAME_UNUSABLE", "'',USER_NAME_UNUSABLE"})
    void shouldRefuseNamesThatAreNobodys(String name, MessageCode code) {
        refused(code, () -> users.create(name, "viewer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "viewer,", "viewer admin", "ADMIN"})
    void shouldRefuseWhatIsNoRole(String roles) {
        refused(MessageCode.ROLES_UNUSABLE, () -> users.create("bob", roles));
    }

    @Test
    void shouldKnowAtOnceWhatWasChanged() {
        String password = passwordIn(users.create("bob", "operator"));
        users.create("eve", "admin");
        String credential = users.credential("bob");

        users.setRoles("bob", "viewer");
        assertThat(users.roles("bob")).containsExactly("viewer");
        assertThat(users.credential("bob")).isEqualTo(credential);

        String renewed = passwordIn(users.newPassword("bob"));
        assertThat(users.verify("bob", password)).isEmpty();
        assertThat(users.verify("bob", renewed)).isPresent();
        assertThat(users.credential("bob")).isNotEqualTo(credential);

        users.setPassword("bob", "correct horse");
        assertThat(users.verify("bob", "correct horse")).isPresent();

        users.delete("bob", "left");
        assertThat(users.roles("bob")).isEmpty();
        assertThat(users.credential("bob")).isEmpty();
        assertThat(users.verify("bob", "correct horse")).isEmpty();
    }

    @Test
    void shouldKeepAnAdmin() {
        users.create("bob", "admin");
        users.create("eve", "operator");
        refused(MessageCode.LAST_ADMIN, () -> users.delete("bob", "left"));
        refused(MessageCode.LAST_ADMIN, () -> users.setRoles("bob", "operator,viewer"));

        users.setRoles("eve", "admin");
        users.delete("bob", "left");
        assertThat(users.all()).extracting(NodeUser::name).containsExactly("eve");
    }

    @Test
    void shouldRefuseWhatIsNobodysAndPasswordsThatAreGuessed() {
        users.create("bob", "admin");
        users.setAddress("ann", "ann@example.com");
        refused(MessageCode.NO_USER, () -> users.setRoles("eve", "viewer"));
        refused(MessageCode.NO_USER, () -> users.newPassword("ann"));
        refused(MessageCode.NO_USER, () -> users.delete("eve", "left"));
        refused(MessageCode.USER_RESERVED, () -> users.delete("local", "left"));
        refused(MessageCode.USER_RESERVED, () -> users.setPassword("local", "correct horse"));
        refused(MessageCode.PASSWORD_LENGTH, () -> users.setPassword("bob", "eleven chars".substring(1)));
        refused(MessageCode.PASSWORD_LENGTH, () -> users.setPassword("bob", "x".repeat(201)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody's password, of no use"})
    void shouldLetNobodyInByARecordWithoutAPassword(String password) {
        users.setAddress("bob", "bob@example.com");

        assertThat(users.verify("bob", password)).isEmpty();
        assertThat(users.verify("nobody", password)).isEmpty();
    }
}
