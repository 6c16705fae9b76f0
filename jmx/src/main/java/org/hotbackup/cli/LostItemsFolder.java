package org.hotbackup.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Folders;

/**
 * A new folder with what a record of lost+found, or an entry of the queue, holds: the exact bytes of each item in a file of its own, and
 * {@value #INDEX}, a line of comma-separated values (RFC 4180, UTF-8) for each update.
 *
 * @param folder it must not exist
 */
record LostItemsFolder(Path folder) {

    /** Says which file holds what. */
    static final String INDEX = "index.csv";

    private static final String HEADINGS = "number,operation,account,file,id,content,rest";
    private static final int PAGE = 1_000;
    private static final int LONGEST_NAME = 60;

    /** Updates with the bytes of their items, read in parts as the contract gives them. */
    interface Contents {

        /** Those after a number, the first of them from this byte of its item on, at most so many; empty at the end. */
        List<UpdateContent> read(int after, long offset, int limit);
    }

    /** Writes the updates of a record of lost+found, as {@link #write(Contents)}. */
    int write(LostAndFoundMXBean lostAndFound, String id) {
        return write((after, offset, limit) -> lostAndFound.contents(id, after, offset, limit));
    }

    /**
     * Writes updates; all of them, or nothing stays.
     *
     * @return how many updates there are
     * @throws Refusal if there is no such record, or the folder is there already or cannot be written
     */
    int write(Contents contents) {
        List<UpdateContent> first = contents.read(0, 0, PAGE);
        boolean made = false;
        boolean done = false;
        try {
            Files.createDirectory(folder);
            made = true;
            int updates = write(contents, first);
            done = true;
            return updates;
        } catch (IOException e) {
            throw new Refusal(MessageCode.FILE_UNWRITABLE, folder, NewFile.reason(e));
        } finally {
            if (made && !done) {
                Folders.delete(folder);
            }
        }
    }

    private int write(Contents contents, List<UpdateContent> first) throws IOException {
        int reached = 0;
        try (Writer index = Files.newBufferedWriter(folder.resolve(INDEX), StandardCharsets.UTF_8)) {
            line(index, HEADINGS);
            List<UpdateContent> page = first;
            while (!page.isEmpty()) {
                long offset = 0;
                for (UpdateContent update : page) {
                    String name = name(update);
                    if (update.offset() == 0) {
                        line(index, columns(update, name));
                    }
                    if (!name.isEmpty()) {
                        append(folder.resolve(name), update.content());
                    }
                    offset = update.offset() + update.content().length;
                    boolean whole = offset >= update.bytes();
                    reached = whole ? update.number() : update.number() - 1;
                    offset = whole ? 0 : offset;
                }
                page = contents.read(reached, offset, PAGE);
            }
        }
        return reached;
    }

    private static void append(Path file, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(content);
        }
    }

    private static void line(Writer index, String line) throws IOException {
        index.write(line);
        index.write("\r\n");
    }

    /** A name that is safe everywhere: the update's number and what is harmless of the item's id; empty without content. */
    private static String name(UpdateContent update) {
        if (update.bytes() == UpdateContent.NO_CONTENT) {
            return "";
        }
        String harmless = update.item().replaceAll("[^A-Za-z0-9_-]", "_");
        return String.format("%06d", update.number())
                + (harmless.isEmpty() ? "" : "-" + harmless.substring(0, Math.min(LONGEST_NAME, harmless.length())));
    }

    private static String columns(UpdateContent update, String name) {
        boolean known = !update.file().isEmpty();
        FilePath file = known ? FilePath.parse(update.file()) : null;
        return Stream.of(
                        Integer.toString(update.number()),
                        update.operation(),
                        known ? file.account() : "",
                        known ? fileName(file) : "",
                        update.item(),
                        name,
                        known ? rest(file, update.itemBytes()) : "")
                .map(LostItemsFolder::quoted)
                .collect(Collectors.joining(","));
    }

    private static String fileName(FilePath file) {
        return file.level() == FilePath.Level.MASTER_DICTIONARY ? "" : RestClient.fileName(file);
    }

    /** The path below the API at which REST takes it. */
    private static String rest(FilePath file, byte[] item) {
        if (file.level() == FilePath.Level.MASTER_DICTIONARY && item.length == 0) {
            return RestClient.path(file.account());
        }
        return RestClient.path(file) + (item.length == 0 ? "" : "/items/" + RestClient.itemSegment(ItemId.of(item)));
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
