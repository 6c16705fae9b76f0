package org.hotbackup.control;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * What the last save, restore or check on a tape device did, or does.
 *
 * @param device the device's name
 * @param kind the operation, in the manual's word; empty if nothing was done on it since it is configured
 * @param subject what it was about; empty if that is not known
 * @param task the id of its task, empty with kind
 * @param outcome DONE, REFUSED if it was not done to its end, ACCEPTED while it goes on; empty with kind
 * @param message what came of it, or how far it is
 * @param fileCount how many files, or accounts, began
 * @param items how many items were written, restored or read
 * @param bytes the bytes of these, ids left out
 * @param filesLeftOut how many files were left as they are or out with all their items
 * @param leftOut how many items were left as they are or out, one by one
 * @param noteCount how many notes there are
 * @param files the files, the first 1000
 * @param remarks what is said that nobody has to look at, the first 1000
 * @param notes what is odd or was left out, and why, the first 1000
 */
public record TapeDone(
        String device,
        String kind,
        String subject,
        String task,
        String outcome,
        String message,
        long fileCount,
        long items,
        long bytes,
        long filesLeftOut,
        long leftOut,
        long noteCount,
        List<String> files,
        List<String> remarks,
        List<String> notes) {

    /** For MXBean tools; the lists are copied. */
    @ConstructorParameters({
        "device",
        "kind",
        "subject",
        "task",
        "outcome",
        "message",
        "fileCount",
        "items",
        "bytes",
        "filesLeftOut",
        "leftOut",
        "noteCount",
        "files",
        "remarks",
        "notes"
    })
    public TapeDone {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
        notes = List.copyOf(notes);
    }

    public String getDevice() {
        return device;
    }

    public String getKind() {
        return kind;
    }

    public String getSubject() {
        return subject;
    }

    public String getTask() {
        return task;
    }

    public String getOutcome() {
        return outcome;
    }

    public String getMessage() {
        return message;
    }

    public long getFileCount() {
        return fileCount;
    }

    public long getItems() {
        return items;
    }

    public long getBytes() {
        return bytes;
    }

    public long getFilesLeftOut() {
        return filesLeftOut;
    }

    public long getLeftOut() {
        return leftOut;
    }

    public long getNoteCount() {
        return noteCount;
    }

    public List<String> getFiles() {
        return files;
    }

    public List<String> getRemarks() {
        return remarks;
    }

    public List<String> getNotes() {
        return notes;
    }

    /** One line for scripts; the report as text has the lists. */
    @Override
    public String toString() {
        return TextLine.of(
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
                noteCount);
    }
}
