package org.hotbackup.control;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * One update of a record of lost+found, or of an entry of the transaction log queue, with the exact bytes of its item, or
 * with a part of them.
 *
 * @param number its place in the record or entry, from 1 on
 * @param operation what it does, in the words of REST's transactions: {@code write}, {@code delete}, {@code clear},
 *     {@code create-file} ...; {@code removed} for what had to be removed, {@code unreadable} for a body that is no
 *     transaction
 * @param file the path of its file, {@code shop,orders}; of an account {@code shop,,}; empty if it is not known
 * @param item the id of its item, for people; empty if there is none
 * @param itemBytes the id's bytes; none if there is no item
 * @param bytes how many bytes its item has, or the D-pointer that it gives a file; -1 if it has neither
 * @param offset where {@code content} begins in them
 * @param content some of them, in their order
 */
public record UpdateContent(
        int number,
        String operation,
        String file,
        String item,
        byte[] itemBytes,
        long bytes,
        long offset,
        byte[] content) {

    /** What an update can do, in the words of REST's transactions. */
    public static final List<String> OPERATIONS = List.of(
            "write",
            "delete",
            "clear",
            "create-file",
            "redefine-file",
            "delete-file",
            "create-account",
            "delete-account",
            "compare");

    /** Of an update without an item or D-pointer. */
    public static final long NO_CONTENT = -1;

    /** For MXBean tools. */
    @ConstructorParameters({"number", "operation", "file", "item", "itemBytes", "bytes", "offset", "content"})
    public UpdateContent {}

    public int getNumber() {
        return number;
    }

    public String getOperation() {
        return operation;
    }

    public String getFile() {
        return file;
    }

    public String getItem() {
        return item;
    }

    public byte[] getItemBytes() {
        return itemBytes;
    }

    public long getBytes() {
        return bytes;
    }

    public long getOffset() {
        return offset;
    }

    public byte[] getContent() {
        return content;
    }
}
