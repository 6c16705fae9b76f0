package org.hotbackup.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Files that a command writes: they are new, and whole or not there. */
final class NewFile {

    private NewFile() {}

    /**
     * Writes one.
     *
     * @throws Refusal if there is something of this name, or it cannot be written; nothing is left of it then
     */
    static void write(Path target, byte[] content) {
        boolean made = false;
        try {
            Files.createFile(target.toAbsolutePath());
            made = true;
            Files.write(target, content);
        } catch (IOException e) {
            if (made) {
                target.toFile().delete();
            }
            throw new Refusal(MessageCode.FILE_UNWRITABLE, target, reason(e));
        }
    }

    /** Why something could not be read or written, in a clause for people. */
    static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "there is something of this name already";
        } else if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    }
}
