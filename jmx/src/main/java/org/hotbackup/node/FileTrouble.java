package org.hotbackup.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Why a file or folder could not be read or written, for people: the JDK often says no more than its path. */
public final class FileTrouble {

    private FileTrouble() {}

    /** The refusal about a file or folder of a node's home that cannot be used. */
    public static Refusal unusable(Path what, IOException e) {
        return new Refusal(MessageCode.HOME_UNUSABLE, what, reason(what, e));
    }

    /**
     * Why something could not be read or written, in a clause.
     *
     * @param what was to be read or written
     */
    public static String reason(Path what, IOException e) {
        if (e instanceof NoSuchFileException missing) {
            Path lacks = Path.of(missing.getFile());
            return lacks.equals(what) ? "there is no such file or folder" : "there is no '" + lacks + "'";
        } else if (e instanceof AccessDeniedException) {
            return "this user may not use it";
        } else if (e instanceof FileAlreadyExistsException existing) {
            Path other = Path.of(existing.getFile());
            return other.equals(what)
                    ? "there is something of this name already"
                    : "'" + other + "' is " + (Files.isDirectory(other) ? "there already" : "no folder");
        } else if (e instanceof NotDirectoryException) {
            return "it is no folder";
        } else if (Files.isDirectory(what) && "Is a directory".equals(e.getMessage())) {
            return "it is a folder";
        }
        String said = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return said == null ? e.getClass().getSimpleName() : said;
    }
}
