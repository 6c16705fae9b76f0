package org.hotbackup.cli;

import java.nio.file.Path;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RemoteNode;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/** {@code --host HOST --jmx-port PORT --user USER --certificate FILE}: a node of another machine. */
final class RemoteOption {

    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--host",
            order = 1,
            paramLabel = "HOST",
            required = true,
            description = "The node's hotbackup.jmx.remote.host.")
    String host;

    @Option(
            names = "--jmx-port",
            order = 2,
            paramLabel = "PORT",
            required = true,
            description = "Its hotbackup.jmx.remote.port.")
    int port;

    @Option(
            names = "--user",
            order = 3,
            paramLabel = "USER",
            required = true,
            description = "One of its users; the password is asked for at the terminal.")
    String user;

    @Option(
            names = "--certificate",
            order = 4,
            paramLabel = "FILE",
            required = true,
            description = "Its certificate, as hot-backup node certificate wrote it there.")
    Path certificate;

    @Option(
            names = "--password-file",
            order = 5,
            paramLabel = "FILE",
            description = "Holds the user's password instead; only its owner may read it.")
    Path passwordFile;

    private String password;

    NodeConnection connect() {
        return node().connect(password());
    }

    /** The node that is meant. */
    RemoteNode node() {
        if (port < 1 || port > MOST_PORT) {
            throw new Refusal(MessageCode.PORT_OUT_OF_RANGE, port, "remote JMX", "--jmx-port");
        }
        return new RemoteNode(host, port, user, certificate);
    }

    /** The user's password, read or asked for once. */
    String password() {
        if (password == null) {
            password = passwordFile == null
                    ? Passwords.asked(user, "--password-file", "Password of %s at %s: ", user, host)
                    : Passwords.kept(passwordFile);
        }
        return password;
    }
}
