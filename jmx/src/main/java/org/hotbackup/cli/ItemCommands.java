package org.hotbackup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.node.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup item ...}: the items of a node's files, byte for byte. */
@Command(
        name = "item",
        mixinStandardHelpOptions = true,
        description = "Gets, puts, deletes and lists items, byte for byte.",
        subcommands = {
            ItemCommands.Get.class,
            ItemCommands.Put.class,
            ItemCommands.Delete.class,
            ItemCommands.ListSome.class
        })
final class ItemCommands implements Runnable {

    private static final int MOST_LISTED = 1000;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: get, put, delete or list.");
    }

    /** A verb for items of one file. */
    abstract static class OfFile extends RestVerb {

        @Parameters(
                index = "0",
                paramLabel = "ACCOUNT,FILE",
                description = "The file; also account,file,section, 'dict account,file', or account,, for the account's"
                        + " master dictionary with its Q-pointers.")
        String path;

        @Option(names = "--base64", description = "Item ids are given in Base64: for those that are no text.")
        boolean base64;

        final FilePath file() {
            return FilePath.parse(path);
        }

        final ItemId id(String given) {
            if (!base64) {
                return ItemId.of(given);
            }
            try {
                return ItemId.of(Base64.getDecoder().decode(given));
            } catch (IllegalArgumentException e) {
                throw new Refusal(MessageCode.ID_NOT_BASE64, given);
            }
        }
    }

    /** A verb for one item. */
    abstract static class OfItem extends OfFile {

        @Parameters(index = "1", paramLabel = "ID", description = "The item's id.")
        String id;

        final ItemId id() {
            return id(id);
        }
    }

    /** What a program reads of an item: its id as text, or as Base64 if it is none; its bytes if they are wanted. */
    private static Map<String, Object> document(ItemId id, int bytes) {
        Map<String, Object> document = new LinkedHashMap<>();
        try {
            document.put(
                    "id",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(id.bytes()))
                            .toString());
        } catch (CharacterCodingException e) {
            document.put("idBase64", id.bytes());
        }
        document.put("bytes", bytes);
        return document;
    }

    /** Reads one. */
    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = {
                "Writes the bytes of an item to standard output, or to a new file; nothing is added to them.",
                "With --output json they are in Base64; with -q only the exit status says whether the item is there."
            })
    static final class Get extends OfItem {

        @Option(names = "--out", paramLabel = "FILE", description = "The file; it must not exist.")
        Path target;

        @Override
        int run(RestClient store) {
            ItemId item = id();
            byte[] body = store.read(file(), item).orElseThrow(() -> new Refusal(MessageCode.NO_ITEM, item, path));
            if (target != null) {
                NewFile.write(target, body);
                return output().done(MessageCode.BYTES_WRITTEN, body.length, target);
            } else if (output().isJson()) {
                return output().answer("", () -> {
                    Map<String, Object> document = document(item, body.length);
                    document.put("body", body);
                    return document;
                });
            }
            if (!output().isQuiet()) {
                StandardOutput.write(body);
            }
            return HotBackup.DONE;
        }
    }

    /** Writes one. */
    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Creates or replaces an item with the bytes of standard input, or of a file, as they are.")
    static final class Put extends OfItem {

        @Option(names = "--file", paramLabel = "FILE", description = "The file with the bytes.")
        Path source;

        @Override
        int run(RestClient store) {
            FilePath file = file();
            ItemId item = id();
            byte[] body = body(item);
            boolean created = store.write(file, item, body);
            return output().answer(OperationReceipt.done(
                    MessageCode.ITEM_WRITTEN, item, file, created ? "created" : "replaced", body.length));
        }

        private byte[] body(ItemId item) {
            try (InputStream in = source == null ? System.in : Files.newInputStream(source)) {
                byte[] body = in.readNBytes(Limits.MAX_ITEM_BYTES + 1);
                if (body.length > Limits.MAX_ITEM_BYTES) {
                    throw new Refusal(
                            MessageCode.ITEM_TOO_LARGE,
                            item,
                            "more than " + Limits.MAX_ITEM_BYTES,
                            Limits.MAX_ITEM_BYTES);
                }
                return body;
            } catch (NoSuchFileException e) {
                throw new Refusal(MessageCode.FILE_UNREADABLE, source, "there is no such file");
            } catch (IOException e) {
                throw new Refusal(
                        MessageCode.FILE_UNREADABLE,
                        source == null ? "standard input" : source,
                        source == null ? e.getMessage() : FileTrouble.reason(source, e));
            }
        }
    }

    /** Deletes one. */
    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes an item.")
    static final class Delete extends OfItem {

        @Option(names = "--confirm", required = true, paramLabel = "ID", description = "The item's id once more.")
        String confirm;

        @Override
        int run(RestClient store) {
            Refusal.unlessConfirmed(id, confirm);
            if (!store.delete(file(), id())) {
                throw new Refusal(MessageCode.NO_ITEM, id(), path);
            }
            return output().answer(OperationReceipt.done(MessageCode.ITEM_DELETED, id(), path));
        }
    }

    /** Lists a page. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the ids of a file's items with their bytes, in the order of the ids' bytes.")
    static final class ListSome extends OfFile {

        @Option(names = "--after", paramLabel = "ID", description = "Begins after this id: the next page.")
        String after;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many items, 1 to " + MOST_LISTED + "; ${DEFAULT-VALUE} if not given.")
        int limit;

        /** A page; {@code reached} is an item as it is in the list, to be given after {@code --after}. */
        private record Page(List<Map<String, Object>> items, boolean more) {}

        private record Listed(ItemId id, int bytes) {}

        @Override
        int run(RestClient store) {
            if (limit < 1 || limit > MOST_LISTED) {
                throw new Refusal(MessageCode.USAGE, "--limit is from 1 to " + MOST_LISTED + ".");
            }
            List<Listed> found = new ArrayList<>();
            store.items(
                    file(),
                    after == null ? null : id(after),
                    limit + 1,
                    (id, body) -> found.add(new Listed(id, body.length)));
            boolean more = found.size() > limit;
            List<Listed> page = more ? found.subList(0, limit) : found;
            TextTable table = new TextTable("Item", "Bytes");
            page.forEach(item -> table.add(shown(item.id()), Integer.toString(item.bytes())));
            String last =
                    more ? MessageCode.MORE_ITEMS.text(shown(page.get(limit - 1).id())) : "";
            return output().answer(
                            (table + last).stripTrailing(),
                            () -> new Page(
                                    page.stream()
                                            .map(item -> document(item.id(), item.bytes()))
                                            .toList(),
                                    more));
        }

        /** As it can be given again. */
        private String shown(ItemId id) {
            return base64 ? Base64.getEncoder().encodeToString(id.bytes()) : id.toString();
        }
    }
}
