package org.hotbackup.jms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.FileTrouble;
import org.hotbackup.node.NodeKey;
import org.hotbackup.node.TrustedPeer;

/**
 * The node's own key and the certificates of the peers it trusts: {@code keys/node.p12}, {@code keys/trusted/*.pem} of
 * its home. Read anew whenever it is asked, so that a peer trusted now counts from the next connection on. Thread-safe.
 */
final class NodeKeys {

    static final String STORE_TYPE = NodeKey.STORE_TYPE;

    private final Path folder;
    private final NodeKey own;

    NodeKeys(Path folder, String password) {
        this.folder = folder;
        this.own = NodeKey.of(folder, password);
    }

    Path keyStore() {
        return own.store();
    }

    String password() {
        return own.password();
    }

    /**
     * The fingerprint of the node's own certificate, SHA-256 in hex.
     *
     * @throws Refusal if the key cannot be read
     */
    String fingerprint() {
        return fingerprint(own.certificate());
    }

    /**
     * The node's key, to prove who it is.
     *
     * @throws Refusal if the key cannot be read
     */
    KeyManager[] keyManagers() {
        return own.keyManagers();
    }

    /**
     * The trusted certificates by their fingerprint, SHA-256 in hex.
     *
     * @throws Refusal if one of the files cannot be read
     */
    Map<String, X509Certificate> trusted() {
        Map<String, X509Certificate> trusted = new LinkedHashMap<>();
        Path peers = folder.resolve("trusted");
        if (!Files.isDirectory(peers)) {
            return trusted;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(peers, "*.pem")) {
            for (Path file : files) {
                X509Certificate certificate = read(file);
                trusted.put(fingerprint(certificate), certificate);
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(peers, e);
        }
        return trusted;
    }

    /**
     * A key store of the trusted certificates, written anew beside the node's key; whoever reads it at this moment finds
     * the old or the new one whole.
     *
     * @throws Refusal if no peer is trusted yet, or one of the files cannot be read
     */
    Path trustStore() {
        Map<String, X509Certificate> trusted = trusted();
        if (trusted.isEmpty()) {
            throw new Refusal(MessageCode.NO_TRUSTED_PEER);
        }
        Path file = folder.resolve("trusted.p12");
        try {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            for (Map.Entry<String, X509Certificate> peer : trusted.entrySet()) {
                store.setCertificateEntry(peer.getKey(), peer.getValue());
            }
            Path written = Files.createTempFile(
                    folder,
                    "trusted",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(written)) {
                store.store(out, own.password().toCharArray());
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | GeneralSecurityException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, file, e.getMessage());
        }
        return file;
    }

    private static X509Certificate read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNUSABLE, file.getFileName(), e.getMessage());
        }
    }

    /** The node whose certificate it is, as it states; empty if it states none. */
    static String nodeId(X509Certificate certificate) {
        return TrustedPeer.nodeId(certificate);
    }

    /** SHA-256 of a certificate, in hex. */
    static String fingerprint(X509Certificate certificate) {
        return TrustedPeer.fingerprint(certificate);
    }
}
