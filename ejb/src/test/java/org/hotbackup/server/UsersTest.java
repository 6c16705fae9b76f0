package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.hotbackup.control.PasswordHash;
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
        assertThat(users.addresses()).containsExactly("bob=" + address);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody's password, of no use"})
    void shouldLetNobodyInByARecordWithoutAPassword(String password) {
        users.setAddress("bob", "bob@example.com");

        assertThat(users.verify("bob", password)).isEmpty();
        assertThat(users.verify("nobody", password)).isEmpty();
    }
}
