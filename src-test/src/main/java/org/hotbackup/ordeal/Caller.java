package org.hotbackup.ordeal;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** Calls of the ordeal that the REST client does not offer. */
final class Caller {

    private static final int FIRST_FAILURE = 400;

    private Caller() {}

    /** Performs one transaction the way a user would: single updates by their own resource. */
    static void perform(RestClient node, List<Update> updates) {
        Update only = updates.get(0);
        boolean plain = updates.size() == 1 && only.file().level() != FilePath.Level.MASTER_DICTIONARY;
        if (plain && only instanceof Update.ItemWritten written) {
            node.write(written.file(), written.id(), written.body());
        } else if (plain && only instanceof Update.ItemDeleted deleted) {
            node.delete(deleted.file(), deleted.id());
        } else if (plain && only instanceof Update.FileCleared) {
            node.clearFile(only.file());
        } else if (plain && only instanceof Update.FileDeleted) {
            node.deleteFile(only.file());
        } else {
            node.execute(updates);
        }
    }

    /** Writes an item without logging it. */
    static void performExcluded(RestClient node, Update.ItemWritten written) {
        check(node.exchange(
                "POST",
                "ordeal/excluded?file="
                        + RestClient.segment(bytes(written.file().toString())) + "&id64=" + base64(written.id()),
                "application/octet-stream",
                written.body()));
    }

    /** Holds an item's lock. */
    static void hold(RestClient node, FilePath file, ItemId id, long millis) {
        check(node.exchange(
                "POST",
                "ordeal/hold?file=" + RestClient.segment(bytes(file.toString())) + "&id64=" + base64(id) + "&millis="
                        + millis,
                null,
                null));
    }

    /** All items of a master dictionary. */
    static Map<ItemId, byte[]> masterDictionary(RestClient node, FilePath file) {
        HttpResponse<byte[]> response =
                node.exchange("GET", "ordeal/items?file=" + RestClient.segment(bytes(file.toString())), null, null);
        check(response);
        Map<ItemId, byte[]> items = new TreeMap<>();
        new String(response.body(), StandardCharsets.US_ASCII).lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            items.put(
                    ItemId.of(HexFormat.of().parseHex(words[0])), HexFormat.of().parseHex(words[1]));
        });
        return items;
    }

    /** The D-pointers of all sections of an account, whole. */
    static Map<FilePath, DPointer> definitions(RestClient node, String account) {
        HttpResponse<byte[]> response =
                node.exchange("GET", "ordeal/definitions?account=" + RestClient.segment(bytes(account)), null, null);
        check(response);
        Map<FilePath, DPointer> definitions = new TreeMap<>();
        new String(response.body(), StandardCharsets.US_ASCII).lines().forEach(line -> {
            String[] words = line.split(" ", -1);
            definitions.put(
                    FilePath.parse(new String(HexFormat.of().parseHex(words[0]), StandardCharsets.UTF_8)),
                    DPointer.ofItem(HexFormat.of().parseHex(words[1])));
        });
        return definitions;
    }

    /** The body of an item of any section. */
    static Optional<byte[]> read(RestClient node, FilePath file, ItemId id) {
        return file.level() == FilePath.Level.MASTER_DICTIONARY
                ? Optional.ofNullable(masterDictionary(node, file).get(id))
                : node.read(file, id);
    }

    private static void check(HttpResponse<byte[]> response) {
        if (response.statusCode() >= FIRST_FAILURE) {
            throw new UnexpectedAnswer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    /** Whether an exception says that nobody knows what became of the call. */
    static boolean isUncertain(RuntimeException e) {
        return e instanceof UncheckedIOException
                || e instanceof UnexpectedAnswer answer && answer.status() >= 500
                || e instanceof RestRefusal refusal
                        && (refusal.status() >= 500 || refusal.code().isEmpty());
    }

    private static String base64(ItemId id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.bytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
