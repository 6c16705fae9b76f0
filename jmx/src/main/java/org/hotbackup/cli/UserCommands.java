package org.hotbackup.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup user ...}: who may use a node, over JMX, REST and the Faces page. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = {
            "Says who may use a node over JMX, REST and the page, and what each may do.",
            "A viewer reads; an operator also starts, stops, applies and replays; an admin may do everything."
        },
        subcommands = {
            UserCommands.ListUsers.class,
            UserCommands.Create.class,
            UserCommands.Roles.class,
            UserCommands.Password.class,
            UserCommands.MyPassword.class,
            UserCommands.Delete.class
        })
final class UserCommands implements Runnable {

    private static final int PAGE = 100;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the users.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all users, by name.")
    static final class ListUsers extends NodeVerb {

        @Override
        int run(NodeConnection connection) {
            SecurityMXBean security = connection.security();
            List<NodeUser> all = new ArrayList<>();
            List<NodeUser> page = security.users("", PAGE);
            while (!page.isEmpty()) {
                all.addAll(page);
                page = security.users(page.get(page.size() - 1).name(), PAGE);
            }
            TextTable table = new TextTable("Name", "Roles", "Logs in", "Notices to");
            all.forEach(user -> table.add(user.name(), user.roles(), user.login() ? "yes" : "no", user.address()));
            return answer(
                    all.isEmpty() ? "There are no users." : table.toString().stripTrailing(), () -> all);
        }
    }

    /** A verb for one user. */
    abstract static class OfUser extends NodeVerb {

        @Parameters(paramLabel = "NAME", description = "The user's name.")
        String name;

        @Override
        final int run(NodeConnection connection) {
            return answer(operate(connection.security()));
        }

        abstract OperationReceipt operate(SecurityMXBean security);
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a user and shows his password, this once and nowhere else.")
    static final class Create extends OfUser {

        @Option(
                names = "--roles",
                required = true,
                paramLabel = "ROLES",
                description = "viewer, operator or admin; several divided by commas.")
        String roles;

        @Override
        OperationReceipt operate(SecurityMXBean security) {
            return security.createUser(name, roles);
        }
    }

    @Command(
            name = "roles",
            mixinStandardHelpOptions = true,
            description = "Gives a user other roles; it counts at once, also where he is logged in.")
    static final class Roles extends OfUser {

        @Option(
                names = "--set",
                required = true,
                paramLabel = "ROLES",
                description = "viewer, operator or admin; several divided by commas.")
        String roles;

        @Override
        OperationReceipt operate(SecurityMXBean security) {
            return security.setRoles(name, roles);
        }
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Gives a user a new password, shows it this once, and ends his sessions.")
    static final class Password extends OfUser {

        @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The user's name once more.")
        String confirm;

        @Override
        OperationReceipt operate(SecurityMXBean security) {
            return security.newPassword(name, confirm);
        }
    }

    /** Over remote JMX only: the owner of a node's home is its local user, who has none. */
    @Command(
            name = "my-password",
            mixinStandardHelpOptions = true,
            description = {
                "Changes your own password: that of --user, at a node that --host reaches.",
                "Sessions with the old one are over."
            })
    static final class MyPassword extends NodeVerb {

        private static final String NEW_FILE = "--new-password-file";

        @Option(
                names = NEW_FILE,
                paramLabel = "FILE",
                description =
                        "Holds the new password; only its owner may read it. Asked for at the terminal if not given.")
        Path newPasswordFile;

        @Override
        void check() {
            if (remote == null) {
                throw new Refusal(MessageCode.OWN_PASSWORD_OF_WHOM);
            }
        }

        @Override
        int run(NodeConnection connection) {
            String wanted = newPasswordFile == null ? askedTwice() : Passwords.kept(newPasswordFile);
            return answer(connection.security().changeMyPassword(remote.password(), wanted));
        }

        private String askedTwice() {
            String first = Passwords.asked(remote.user, NEW_FILE, "New password of %s: ", remote.user);
            if (!first.equals(Passwords.asked(remote.user, NEW_FILE, "Once more: "))) {
                throw new Refusal(MessageCode.PASSWORDS_DIFFER);
            }
            return first;
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a user; he is out at once, also where he is logged in.")
    static final class Delete extends OfUser {

        @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The user's name once more.")
        String confirm;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit.")
        String reason;

        @Override
        OperationReceipt operate(SecurityMXBean security) {
            return security.deleteUser(name, confirm, reason);
        }
    }
}
