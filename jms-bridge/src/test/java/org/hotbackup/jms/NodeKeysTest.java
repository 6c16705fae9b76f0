package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeysTest {

    @TempDir
    Path folder;

    @Test
    void shouldKnowItsOwnFingerprintAndThoseOfItsPeers() throws Exception {
        NodeKeys prod = TestKeys.make(folder.resolve("prod"), "prod");
        NodeKeys standby = TestKeys.make(folder.resolve("standby"), "standby");
        TestKeys.trust(folder.resolve("prod"), folder.resolve("standby"), "standby");

        assertThat(prod.fingerprint()).matches("[0-9a-f]{64}").isNotEqualTo(standby.fingerprint());
        assertThat(prod.trusted()).containsOnlyKeys(standby.fingerprint());
        assertThat(standby.trusted()).isEmpty();
    }

    @Test
    void shouldKeepTheTrustStoreToItsOwner() throws Exception {
        NodeKeys prod = TestKeys.make(folder.resolve("prod"), "prod");
        TestKeys.make(folder.resolve("standby"), "standby");
        TestKeys.trust(folder.resolve("prod"), folder.resolve("standby"), "standby");

        Path store = prod.trustStore();
        prod.trustStore();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(store.getParent())) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void shouldSayThatNobodyIsTrustedYet() throws Exception {
        NodeKeys prod = TestKeys.make(folder.resolve("prod"), "prod");

        assertRefused(prod::trustStore, MessageCode.NO_TRUSTED_PEER, "hot-backup trust");
    }

    @Test
    void shouldSayThatTheKeyCannotBeRead() throws Exception {
        TestKeys.make(folder.resolve("prod"), "prod");
        NodeKeys wrongPassword = new NodeKeys(folder.resolve("prod/keys"), "wrong");
        NodeKeys nothing = new NodeKeys(folder.resolve("nowhere/keys"), TestKeys.PASSWORD);

        assertRefused(wrongPassword::fingerprint, MessageCode.NODE_KEY_UNUSABLE, "password was incorrect");
        assertRefused(wrongPassword::keyManagers, MessageCode.NODE_KEY_UNUSABLE, "password was incorrect");
        assertRefused(nothing::fingerprint, MessageCode.NODE_KEY_UNUSABLE, "node.p12");
    }

    @Test
    void shouldSayWhichCertificateCannotBeRead() throws Exception {
        NodeKeys prod = TestKeys.make(folder.resolve("prod"), "prod");
        Files.writeString(folder.resolve("prod/keys/trusted/broken.pem"), "no certificate");

        assertRefused(prod::trusted, MessageCode.CERTIFICATE_UNUSABLE, "broken.pem");
    }

    private static void assertRefused(Runnable operation, MessageCode code, String says) {
        assertThatThrownBy(operation::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContaining(says);
    }
}
