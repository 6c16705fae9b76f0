package org.hotbackup.saves;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.control.TapeDone;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.tape.TapeJudgement;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeReport;

/** What a save or a restore has done up to now. Written by its thread, read by anybody: thread-safe. */
public final class TapeWork {

    /** The most notes that are kept. */
    public static final int MOST_NOTES = 1_000;

    private final TapeJudgement judgement = new TapeJudgement();
    private final List<String> files = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> unfinished = new TreeSet<>();
    private long fileCount;
    private long filesLeftOut;
    private long remarkCount;
    private long noteCount;
    private long items;
    private long bytes;
    private long leftOut;
    private long expected;
    private String current = "";

    /** So many items are to be done in all, as far as can be known before. */
    public synchronized void expect(long more) {
        expected += more;
    }

    /** A file has begun. */
    public synchronized void file(String path) {
        fileCount++;
        current = path;
        if (files.size() < MOST_NOTES) {
            files.add(path);
        }
    }

    /** A file that is on the tape is left out, or left as it is, with all its items. */
    public synchronized void fileLeftOut() {
        filesLeftOut++;
    }

    /** An account, or a file of account {@code dm}, is being restored. */
    synchronized void begin(String name) {
        unfinished.add(name);
    }

    /** It is whole. */
    synchronized void end(String name) {
        unfinished.remove(name);
    }

    /** The accounts and files of {@code dm} that are being restored, or were when it ended: half of them is there, or nothing. */
    public synchronized Set<String> unfinished() {
        return Set.copyOf(unfinished);
    }

    /** What is looked at, if it is no file. */
    public synchronized void at(String what) {
        current = what;
    }

    /** How often the tape was found to be damaged. */
    public synchronized long damages() {
        return judgement.damages();
    }

    /** How much of the tape itself was left out. */
    public synchronized long losses() {
        return judgement.losses();
    }

    /** How the tape stands, as far as it was read to its end; by the judgement of {@code tape verify}. */
    public synchronized TapeReport.Outcome outcome() {
        return judgement.outcome();
    }

    /** Items are done. */
    public synchronized void done(long count, long more) {
        items += count;
        bytes += more;
    }

    /** Items were left as they are, or out, and somebody was told why. */
    public synchronized void leftOut(long count) {
        leftOut += count;
    }

    /** Something is said that nobody has to look at. */
    public synchronized void say(MessageCode code, Object... values) {
        remarkCount++;
        if (remarks.size() < MOST_NOTES) {
            remarks.add(code.text(values));
        }
    }

    /** Something is said. */
    public void note(MessageCode code, Object... values) {
        note(code.text(values));
    }

    /** Something on the tape is said; what is a loss there is left out. */
    public void note(TapeNote note) {
        if (note.loss()) {
            leftOut(1);
        }
        judge(note);
        note(note.sentence());
    }

    private synchronized void judge(TapeNote note) {
        judgement.note(note);
    }

    /** Something is said, as it is. */
    public synchronized void note(String sentence) {
        noteCount++;
        if (notes.size() < MOST_NOTES) {
            notes.add(sentence);
        }
    }

    /** How many items are done. */
    public synchronized long items() {
        return items;
    }

    /** How many bytes these have, ids left out. */
    public synchronized long bytes() {
        return bytes;
    }

    /** How many items were left as they are, or out. */
    public synchronized long leftOut() {
        return leftOut;
    }

    /** How much is said. */
    public synchronized long noteCount() {
        return noteCount;
    }

    /** How far it is of what was expected, in percent; -1 if nothing was. */
    public synchronized int percent() {
        return expected == 0 ? -1 : (int) Math.min(100, 100 * items / expected);
    }

    /** The file that began last, empty if none did. */
    public synchronized String current() {
        return current;
    }

    /**
     * All of it, in fields for programs.
     *
     * @param outcome what came of it, empty if nothing was done
     */
    public synchronized TapeDone report(
            String device, String kind, String subject, String task, String outcome, String message) {
        return new TapeDone(
                device,
                kind,
                subject,
                task,
                outcome,
                message,
                fileCount,
                items,
                bytes,
                filesLeftOut,
                leftOut,
                noteCount,
                files,
                remarks,
                notes);
    }

    /** All of it, in lines for people. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Files " + fileCount + ", items " + items + ", bytes " + bytes + ", left as they were or out "
                + leftOut + ", notes " + noteCount);
        if (filesLeftOut > 0) {
            lines.add("Files left as they were or out with all their items: " + filesLeftOut);
        }
        add(lines, files, fileCount, "files");
        add(lines, remarks, remarkCount, "lines");
        add(lines, notes, noteCount, "notes");
        return lines;
    }

    private static void add(List<String> lines, List<String> more, long count, String what) {
        lines.addAll(more);
        if (count > more.size()) {
            lines.add("and " + (count - more.size()) + " more " + what);
        }
    }
}
