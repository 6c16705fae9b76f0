package org.hotbackup.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Where passwords come from: the terminal, which does not show them, or a file that only its owner may read. */
final class Passwords {

    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

    private Passwords() {}

    /**
     * Asks for one at the terminal.
     *
     * @param user whose it is
     * @param option what to give where there is no terminal
     * @param question how it is asked for, with places for the values as in {@link String#format}
     * @throws Refusal if there is no terminal
     */
    static String asked(String user, String option, String question, Object... values) {
        Console console = System.console();
        char[] password = console == null ? null : console.readPassword(question, values);
        if (password == null) {
            throw new Refusal(MessageCode.NO_PASSWORD, user, option);
        }
        return new String(password);
    }

    /**
     * The one that a file holds.
     *
     * @throws Refusal if it cannot be read, or others may read it
     */
    static String kept(Path file) {
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                throw new Refusal(MessageCode.PASSWORD_FILE_OPEN, file);
            }
            return Files.readString(file).strip();
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refusal(MessageCode.PASSWORD_FILE_UNREADABLE, file);
        }
    }
}
