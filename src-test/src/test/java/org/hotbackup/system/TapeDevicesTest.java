package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hotbackup.client.RestClient;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves of a real node to its tape devices and restores from them, given as commands. */
@Tag("system")
class TapeDevicesTest {

    private static final int ITEMS = 3_000;
    private static final int LARGE_BYTES = 3_000_000;
    private static final FilePath ORDERS = FilePath.data("prod", "orders");

    @TempDir
    static Path folder;

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.create(new NodeHomes(folder), "pick0", StoreKind.H2);
        node.configure(
                "hotbackup.tape.devices",
                "tape0 tapes/tape0 500 f; full /dev/full 500 h; big tapes/big.gz 16384 p; pipe pipes/tape 500 c; only tapes/tape0 500 f r");
        node.start();
        RestClient store = node.rest();
        store.createAccount("prod", DPointer.of("DL", 7));
        store.createFile(FilePath.dictionary("prod", "orders"), DPointer.of("DL", 3));
        store.createFile(
                ORDERS,
                DPointer.ofItem("DL\u00FE\u00FE101\u00FE1\u00FE\u00FE\u00FE\u00FE\u00FER\u00FE12"
                        .getBytes(StandardCharsets.ISO_8859_1)
                        .clone()));
        store.createFile(FilePath.data("prod", "orders", "old"), DPointer.of("D", 1));
        store.createFile(FilePath.data("prod", "scratch"), DPointer.of("DY", 1));
        Random random = new Random(7);
        List<Update> updates = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            byte[] body = new byte[random.nextInt(400)];
            random.nextBytes(body);
            updates.add(new Update.ItemWritten(ORDERS, ItemId.of("o" + i), body));
        }
        byte[] large = new byte[LARGE_BYTES];
        random.nextBytes(large);
        updates.add(new Update.ItemWritten(ORDERS, ItemId.of("large"), large));
        updates.add(item(FilePath.data("prod", "orders", "old"), "empty", ""));
        updates.add(item(FilePath.dictionary("prod", "orders"), "DATE", "A\u00FE2"));
        updates.add(item(FilePath.masterDictionary("prod"), "LISTU", "PQ"));
        updates.add(item(FilePath.data("prod", "scratch"), "gone", "x"));
        store.execute(updates);
    }

    private static Update item(FilePath file, String id, String text) {
        return new Update.ItemWritten(file, ItemId.of(id), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String command(int status, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("--node", "pick0"));
        try (Command command = Command.start(folder, all.toArray(String[]::new))) {
            String said = String.join("\n", command.lines(60));
            assertThat(command.status()).as(said).isEqualTo(status);
            return said;
        }
    }

    /** All of an account: D-pointers and items by their places within it. */
    private static Map<String, String> image(String account) {
        RestClient store = node.rest();
        Map<String, String> image = new TreeMap<>();
        for (FileDefinition file : store.files(account)) {
            String place = file.path().file() + "," + file.path().section();
            image.put(place, latin(file.pointer().bytes()));
            store.items(file.path(), (id, body) -> image.put(place + " " + id, latin(body)));
        }
        return image;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    @Tag("TS-001")
    void shouldRestoreAnAccountAsItWasSaved() {
        command(0, "t-att", "--device", "tape0");
        assertThat(command(0, "account-save", "prod", "--label", "NIGHTLY")).contains("items written 3004");
        assertThat(command(0, "account-restore", "prod", "copy"))
                .contains("items restored 3004, left as they were or out 0");
        Map<String, String> expected = image("prod");
        expected.remove("scratch,scratch gone");
        assertThat(image("copy")).isEqualTo(expected);
        command(0, "t-det");
    }
}
