package org.hotbackup.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * A copy of a node's certificate for whoever shall trust it: in PEM form for our own command and for other nodes, or as a
 * PKCS12 trust store without a password, which is what Java's consoles take. It holds nothing secret.
 */
public final class CertificateFile {

    private static final int DNS = 2;
    private static final int IP = 7;

    /** What Java must not do with a store that is not secret; it would need a password for each. */
    private static final Map<String, String> OPEN =
            Map.of("keystore.pkcs12.macAlgorithm", "NONE", "keystore.pkcs12.certProtectionAlgorithm", "NONE");

    private CertificateFile() {}

    /**
     * Writes a new file: a trust store if its name ends with {@code .p12}, else PEM.
     *
     * @throws Refusal if there is such a file already, or it cannot be written
     */
    public static void write(NodeHome home, Path file) {
        try {
            boolean store = file.toString().toLowerCase(Locale.ROOT).endsWith(".p12");
            byte[] content = store ? trustStore(home) : Files.readAllBytes(home.certificate());
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new Refusal(MessageCode.FILE_THERE, file);
        } catch (IOException e) {
            throw new Refusal(MessageCode.FILE_NOT_WRITTEN, file);
        }
    }

    private static synchronized byte[] trustStore(NodeHome home) throws IOException {
        Map<String, String> before = new HashMap<>();
        OPEN.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
        try {
            KeyStore store = KeyStore.getInstance(NodeKey.STORE_TYPE);
            store.load(null, null);
            store.setCertificateEntry(home.name(), TrustedPeer.certificate(home.certificate()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, null);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            before.forEach((key, value) -> {
                if (value == null) {
                    System.clearProperty(key);
                } else {
                    System.setProperty(key, value);
                }
            });
        }
    }

    /**
     * The hosts that the certificate of a node names; Java of 2026 opens its remote JMX by these only.
     *
     * @throws Refusal if the certificate cannot be read
     */
    public static List<String> hosts(NodeHome home) {
        X509Certificate certificate = TrustedPeer.certificate(home.certificate());
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS) || name.get(0).equals(IP))
                            .map(name -> name.get(1).toString())
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
