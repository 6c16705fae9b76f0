package org.hotbackup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.concurrent.Callable;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a node trust another one, by its certificate. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Trusts the certificate of another node. It counts from the next start of a server on; both nodes of a "
                        + "pair must trust each other.")
final class Trust implements Callable<Integer> {

    private static final class Peer {
        @Option(names = "--peer", paramLabel = "NODE", description = "Another node of this machine.")
        String node;

        @Option(
                names = "--certificate",
                paramLabel = "FILE.pem",
                description = "keys/node.pem of a node's home elsewhere.")
        Path certificate;
    }

    @Mixin
    NodeOption node;

    @ArgGroup(multiplicity = "1")
    Peer peer;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        NodeHome home = node.home();
        Path certificate = peer.node == null
                ? peer.certificate
                : NodeHomes.ofEnvironment().find(peer.node).certificate();
        String name = peer.node == null ? certificate.getFileName().toString().replaceFirst("\\.pem$", "") : peer.node;
        trust(home, name, certificate);
        spec.commandLine().getOut().printf("Node '%s' trusts '%s'%n", home.name(), name);
        return HotBackup.DONE;
    }

    /** Checks the certificate and keeps a copy of it among the trusted ones. */
    static void trust(NodeHome home, String name, Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new Refusal(MessageCode.CERTIFICATE_UNUSABLE, certificate, e.getMessage());
        }
        try {
            Files.copy(certificate, home.trusted().resolve(name + ".pem"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, home.trusted(), e.getMessage());
        }
    }
}
