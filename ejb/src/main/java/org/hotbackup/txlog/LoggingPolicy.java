package org.hotbackup.txlog;

import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemWritten;

/**
 * Which updates are logged, decided in the order of docs/data-model.md 4: enqueuing off, process excluded, X or Y, T,
 * an item that is itself a D-pointer by its own L, the file's L, ALL.
 *
 * <p>What changes the answer is judged by both: a file that gets another D-pointer, and an item of a dictionary that is or
 * was a D-pointer, are logged if that is so by what they were or by what they become. So a slave learns the last thing
 * about what is logged no longer, and never keeps for ever what it was sent.
 */
public final class LoggingPolicy {

    private LoggingPolicy() {}

    /**
     * What is switched on when an update is made.
     *
     * @param enqueuing updates are enqueued at all (HB-123, HB-124), and there is a master server to enqueue them for
     * @param processExcluded the process that makes the update is excluded from logging
     * @param allFiles Log ALL files (HB-122) rather than DL files only (HB-121)
     */
    public record Switches(boolean enqueuing, boolean processExcluded, boolean allFiles) {}

    /** What becomes of an update. */
    public enum Verdict {
        /** It is logged. */
        LOGGED,
        /** It would be, but updates are not enqueued: from here on a slave that does not get it differs. */
        MISSED,
        /** It is none of those that are logged. */
        LEFT_OUT
    }

    /**
     * Judges an update.
     *
     * @param pointer the D-pointer of the very section that is updated, cleared, created or deleted, before it is redefined;
     *     of an account its own: creating a file or account that has no L is not logged unless ALL is, and giving it an L
     *     later does not send the creation
     * @param before what the item was in a master or file dictionary, empty if it was not there or is in a data section
     */
    public static Verdict judge(Switches switches, DPointer pointer, Update update, Optional<byte[]> before) {
        boolean asked = !switches.processExcluded()
                && (asks(switches, pointer, becomes(update)) || asked(switches, pointer, update, before));
        if (!asked) {
            return Verdict.LEFT_OUT;
        }
        return switches.enqueuing() ? Verdict.LOGGED : Verdict.MISSED;
    }

    /** As the other, of an update that takes the place of no item of a dictionary. */
    public static Verdict judge(Switches switches, DPointer pointer, Update update) {
        return judge(switches, pointer, update, Optional.empty());
    }

    /** Rules 3 to 7, for an item of this body in a dictionary, or for whatever else is in a section. */
    private static boolean asks(Switches switches, DPointer pointer, Optional<byte[]> body) {
        return !neverLogged(pointer)
                && (body.flatMap(LoggingPolicy::dPointer).orElse(pointer).has('L') || switches.allFiles());
    }

    /** The other side of what changes the answer: what an item was, what a file becomes. */
    private static boolean asked(Switches switches, DPointer pointer, Update update, Optional<byte[]> before) {
        return before.isPresent() && asks(switches, pointer, before)
                || update instanceof FileRedefined redefined && asks(switches, redefined.pointer(), Optional.empty());
    }

    private static boolean neverLogged(DPointer pointer) {
        return pointer.has('X') || pointer.has('Y') || pointer.has('T');
    }

    /** The item that is written into a master or file dictionary: these hold items that are D-pointers. */
    private static Optional<byte[]> becomes(Update update) {
        return update instanceof ItemWritten written && written.file().level() != FilePath.Level.DATA
                ? Optional.of(written.body())
                : Optional.empty();
    }

    private static Optional<DPointer> dPointer(byte[] body) {
        if (body.length == 0 || (body[0] | 0x20) != 'd') {
            return Optional.empty();
        }
        try {
            return Optional.of(DPointer.ofItem(body));
        } catch (Refusal e) {
            // an ordinary item that happens to begin with a D
            return Optional.empty();
        }
    }
}
