package org.hotbackup.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * A node whose certificate another node trusts: {@code keys/trusted/NAME.pem} of that one's home. A change counts from the
 * next connection on.
 *
 * @param name how it is called where it is trusted
 * @param fingerprint of its certificate: SHA-256 in hex
 * @param validUntil when its certificate ends
 * @param nodeId the node whose certificate it is, as it states; empty if it states none
 */
public record TrustedPeer(String name, String fingerprint, Instant validUntil, String nodeId) {

    private static final String SUFFIX = ".pem";

    /** What a certificate states of its node: a subject alternative name, the URN of its UUID (RFC 9562, section 4). */
    static final String NODE_URN = "urn:uuid:";

    private static final int URI = 6;

    /** Far more than a certificate has, in bytes. */
    private static final int LONGEST = 1 << 20;

    /**
     * Everybody whom a node trusts, sorted by name.
     *
     * @throws Refusal if a certificate cannot be read
     */
    public static List<TrustedPeer> of(NodeHome home) {
        try (Stream<Path> files = Files.list(home.trusted())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(TrustedPeer::read)
                    .toList();
        } catch (IOException e) {
            throw FileTrouble.unusable(home.trusted(), e);
        }
    }

    /**
     * What is in a certificate's file; the peer is called as the file is.
     *
     * @throws Refusal if there is no such file, it cannot be read or holds none
     */
    public static TrustedPeer read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.pem$", "");
        X509Certificate certificate = certificate(file);
        return new TrustedPeer(
                name, fingerprint(certificate), certificate.getNotAfter().toInstant(), nodeId(certificate));
    }

    /** As {@link #read}. */
    static X509Certificate certificate(Path file) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(file)));
        } catch (GeneralSecurityException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNUSABLE, file);
        }
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        } catch (NoSuchFileException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNREADABLE, file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNREADABLE, file, "it may not be read by this user");
        } catch (IOException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNREADABLE, file, FileTrouble.reason(file, e));
        }
    }

    /** The node whose certificate it is, as it states; empty if it states none, or more than one. */
    public static String nodeId(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> ids = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI))
                            .map(name -> name.get(1).toString())
                            .filter(uri -> uri.startsWith(NODE_URN))
                            .map(uri -> uri.substring(NODE_URN.length()))
                            .toList();
            return ids.size() == 1 ? ids.get(0) : "";
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    /** SHA-256 of a certificate, in hex. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and encodes certificates", e);
        }
    }

    /**
     * Lets a node trust the certificate in a file, instead of an earlier one of the same node.
     *
     * @throws Refusal if the file holds no certificate, or one of a node that is trusted under another name: each node has
     *     one certificate that speaks for it; or if another node is trusted under this name, or it is the node itself
     */
    public static TrustedPeer trust(NodeHome home, String name, Path certificate) {
        TrustedPeer peer = read(certificate);
        boolean itself = peer.fingerprint.equals(home.fingerprint())
                || home.nodeId().filter(peer.nodeId::equals).isPresent();
        if (itself) {
            throw new Refusal(MessageCode.PEER_IS_ITSELF, home.name());
        }
        checkOnlyOne(home, name, peer);
        try {
            Path arriving = home.trusted().resolve(name + ".arriving");
            Files.copy(certificate, arriving, StandardCopyOption.REPLACE_EXISTING);
            Files.move(arriving, home.trusted().resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileTrouble.unusable(home.trusted(), e);
        }
        return new TrustedPeer(name, peer.fingerprint, peer.validUntil, peer.nodeId);
    }

    private static void checkOnlyOne(NodeHome home, String name, TrustedPeer peer) {
        for (TrustedPeer known : of(home)) {
            boolean sameNode = !peer.nodeId.isEmpty() && peer.nodeId.equals(known.nodeId);
            if (sameNode && !known.name.equals(name)) {
                throw new Refusal(MessageCode.NODE_TRUSTED_ALREADY, peer.nodeId, known.name);
            }
            if (!sameNode && known.name.equals(name) && !known.fingerprint.equals(peer.fingerprint)) {
                throw new Refusal(MessageCode.PEER_NAME_TAKEN, name);
            }
        }
    }

    /**
     * Takes trust away from the peer of this name, also if its certificate cannot be read.
     *
     * @throws Refusal if there is none
     */
    public static void distrust(NodeHome home, String name) {
        try (Stream<Path> files = Files.list(home.trusted())) {
            Path certificate = files.filter(
                            file -> file.getFileName().toString().equals(name + SUFFIX))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(MessageCode.PEER_UNKNOWN, name, home.name()));
            Files.delete(certificate);
        } catch (IOException e) {
            throw FileTrouble.unusable(home.trusted(), e);
        }
    }

    /**
     * Makes sure that it is the one that is meant.
     *
     * @param expected a fingerprint as somebody wrote it: upper or lower case, with or without colons or blanks
     * @throws Refusal if its fingerprint is another one
     */
    public void checkFingerprint(String expected) {
        String bare = expected.replaceAll("[: ]", "").toLowerCase(Locale.ROOT);
        if (!fingerprint.equals(bare)) {
            throw new Refusal(MessageCode.FINGERPRINT_DIFFERS, fingerprint, expected);
        }
    }
}
