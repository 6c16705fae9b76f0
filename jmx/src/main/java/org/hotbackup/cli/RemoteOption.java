package org.hotbackup.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RemoteNode;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/** {@code --host HOST --jmx-port PORT --user USER --certificate FILE}: a node of another machine. */
final class RemoteOption {

    private static final int MOST_PORT = 65_535;
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

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

    /** The user's password, asked for if it is not kept. */
    String password() {
        return passwordFile == null ? asked() : kept();
    }

    private String asked() {
        Console console = System.console();
        char[] password = console == null ? null : console.readPassword("Password of %s at %s: ", user, host);
        if (password == null) {
            throw new Refusal(MessageCode.NO_PASSWORD, user);
        }
        return new String(password);
    }

    private String kept() {
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
            open.retainAll(Files.getPosixFilePermissions(passwordFile));
            if (!open.isEmpty()) {
                throw new Refusal(MessageCode.PASSWORD_FILE_OPEN, passwordFile);
            }
            return Files.readString(passwordFile).strip();
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refusal(MessageCode.PASSWORD_FILE_UNREADABLE, passwordFile);
        }
    }
}
