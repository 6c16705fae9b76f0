package org.hotbackup.txlog;

import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.ItemWritten;

/**
 * Which updates are logged, decided in the order of domain.md 2.5: enqueuing off, process excluded, X or Y, T, an item
 * that is itself a D-pointer by its own L, the file's L, ALL.
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
     * @param pointer the D-pointer of the very section that is updated, cleared, created or deleted; of an account its
     *     own: creating a file or account that has no L is not logged unless ALL is, and giving it an L later does not
     *     send the creation
     */
    public static Verdict judge(Switches switches, DPointer pointer, Update update) {
        boolean asked = !switches.processExcluded()
                && !neverLogged(pointer)
                && (dPointerWritten(update).orElse(pointer).has('L') || switches.allFiles());
        if (!asked) {
            return Verdict.LEFT_OUT;
        }
        return switches.enqueuing() ? Verdict.LOGGED : Verdict.MISSED;
    }

    private static boolean neverLogged(DPointer pointer) {
        return pointer.has('X') || pointer.has('Y') || pointer.has('T');
    }

    /** The item that is written, if it is itself a D-pointer: master and file dictionaries hold them. */
    private static Optional<DPointer> dPointerWritten(Update update) {
        if (update instanceof ItemWritten written
                && written.file().level() != FilePath.Level.DATA
                && written.body().length > 0
                && (written.body()[0] | 0x20) == 'd') {
            try {
                return Optional.of(DPointer.ofItem(written.body()));
            } catch (Refusal e) {
                // an ordinary item that happens to begin with a D
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
