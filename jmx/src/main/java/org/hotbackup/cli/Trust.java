package org.hotbackup.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.TrustedPeer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets a node trust another one, by its certificate's fingerprint. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Trusts the certificate of another node, from the next connection on; both nodes of a pair must trust "
                        + "each other. hot-backup node list shows each node's fingerprint.")
final class Trust implements Callable<Integer> {

    private static final class Peer {
        @Option(names = "--peer", paramLabel = "NODE", description = "Another node of this machine.")
        String node;

        @Option(
                names = "--certificate",
                paramLabel = "FILE.pem",
                description = "keys/node.pem of a node's home elsewhere.")
        Path certificate;

        @Option(names = "--list", description = "Lists who is trusted.")
        boolean list;

        @Option(names = "--remove", paramLabel = "PEER", description = "Trusts this one no longer; see --list.")
        String remove;
    }

    @Mixin
    NodeOption node;

    @ArgGroup(multiplicity = "1")
    Peer peer;

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            description = "Trusts only if the certificate has this fingerprint.")
    String fingerprint;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (fingerprint != null && peer.node == null && peer.certificate == null) {
            throw new ParameterException(
                    spec.commandLine(), "A fingerprint goes with --peer=NODE or --certificate=FILE.pem.");
        }
        NodeHome home = node.home();
        if (peer.list) {
            return list(home);
        } else if (peer.remove != null) {
            TrustedPeer.distrust(home, peer.remove);
            return Output.of(spec).done(MessageCode.PEER_NOT_TRUSTED, home.name(), peer.remove);
        }
        return trust(home);
    }

    private int trust(NodeHome home) {
        Path certificate = peer.node == null
                ? peer.certificate
                : NodeHomes.ofEnvironment().find(peer.node).certificate();
        TrustedPeer meant = TrustedPeer.read(certificate);
        if (fingerprint != null) {
            meant.checkFingerprint(fingerprint);
        }
        TrustedPeer trusted = TrustedPeer.trust(home, peer.node == null ? meant.name() : peer.node, certificate);
        return Output.of(spec).done(MessageCode.PEER_TRUSTED, home.name(), trusted.name(), trusted.fingerprint());
    }

    private int list(NodeHome home) {
        List<Listed> peers = TrustedPeer.of(home).stream().map(Listed::of).toList();
        TextTable table = new TextTable("Peer", "Fingerprint", "Valid until");
        peers.forEach(one -> table.add(one.peer(), one.fingerprint(), one.validUntil()));
        return Output.of(spec).answer(table.toString().stripTrailing(), () -> peers);
    }

    /** A peer that is trusted. */
    private record Listed(String peer, String fingerprint, String validUntil) {

        static Listed of(TrustedPeer trusted) {
            return new Listed(
                    trusted.name(), trusted.fingerprint(), trusted.validUntil().toString());
        }
    }
}
