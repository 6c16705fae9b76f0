package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.FileDigest;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
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
                "tape0 tapes/tape0 500 f; only tapes/tape0 500 f r; big tapes/big.gz 16384 p; dump tapes/dump 8192 f l;"
                        + " pipe pipes/tape 500 c; cut tapes/cut 500 f; broken tapes/broken 500 f;"
                        + " foreign tapes/foreign 8192 f; full /dev/full 500 h; reels tapes/reels 500 f 1m;"
                        + " kinds tapes/kinds 500 f");
        node.start();
        RestClient store = node.rest();
        store.createAccount("prod", DPointer.of("DL", 7));
        store.createFile(FilePath.dictionary("prod", "orders"), DPointer.of("DL", 3));
        store.createFile(
                ORDERS,
                DPointer.ofItem("DL\u00FE\u00FE101\u00FE1\u00FE\u00FE\u00FE\u00FE\u00FER\u00FE12"
                        .getBytes(StandardCharsets.ISO_8859_1)));
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
        updates.add(new Update.ItemWritten(ORDERS, ItemId.of("zlarge"), large));
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
        boolean letters = words[words.length - 1].startsWith("(");
        all.addAll(letters ? words.length - 1 : words.length, List.of("--node", "pick0"));
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
            if (file.path().level() == FilePath.Level.MASTER_DICTIONARY) {
                // REST does not show its items
                image.put(place + " all", digest(account).sha256());
            } else {
                store.items(file.path(), (id, body) -> image.put(place + " " + id, latin(body)));
            }
        }
        return image;
    }

    private static FileDigest digest(String account) {
        return node.control().node().digest(account + ",,");
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Path tape(String name) {
        return node.home().folder().resolve("tapes").resolve(name);
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = image("prod");
        expected.remove("scratch,scratch gone");
        return expected;
    }

    @Test
    @Tag("TS-001")
    @Tag("TAPE-1")
    void shouldRestoreAccountsAsTheyWereSaved() {
        command(0, "t-att", "--device", "tape0");
        assertThat(command(0, "account-save", "prod", "--label", "NIGHTLY")).contains("items written 3004");
        assertThat(command(0, "account-restore", "prod", "copy"))
                .contains("items restored 3004, left as they were or out 0");
        assertThat(image("copy")).isEqualTo(expected());

        assertThat(command(1, "account-restore", "prod", "copy")).contains("copy");
        assertThat(command(1, "account-restore", "nobody"))
                .contains("Account 'nobody' is not on the tape; the accounts on it: prod.");
        assertThat(command(0, "t-rew")).contains("stands at block 0: a filemark");
        assertThat(command(1, "account-save", "copy")).contains("from block 0 on would be gone");
        assertThat(command(0, "t-fwd")).contains("block 1: label 'DATA NIGHTLY'");
        command(0, "t-fwd");
        assertThat(command(0, "t-rdlbl")).contains("DATA prod NIGHTLY");
        assertThat(command(0, "t-fwd")).contains("the end of what is recorded");
        assertThat(command(1, "t-fwd")).contains("stands at the end of what is recorded");
        assertThat(command(0, "t-read", "2")).contains(" bytes: a filemark");
        command(0, "t-rew");
        assertThat(command(0, "t-read"))
                .contains("Reel 1, block 0, 512 bytes: a filemark")
                .contains("00000  45 4F 46 FF");
        assertThat(command(0, "t-eod")).contains("the end of what is recorded");
        command(0, "account-save", "copy");
        assertThat(command(0, "t-chk", "--device", "only")).contains("The tape is whole: tape files 4, items 6008");
        assertThat(command(0, "account-restore", "copy", "copy2")).contains("items restored 3004");
        assertThat(image("copy2")).isEqualTo(expected());
        assertThat(command(1, "account-save", "prod", "--device", "only")).contains("only read");
        assertThat(command(0, "t-report", "--device", "only"))
                .containsPattern("Reel 1, block 4: save 'DATA prod NIGHTLY'; blocks [0-9]+, items 3004");
        assertThat(command(0, "t-unld")).contains("is detached");
    }

    @Test
    @Tag("TS-001")
    void shouldRestoreWhatAFileSaveHolds() {
        FilePath here = FilePath.data("whole", "notes");
        RestClient store = node.rest();
        store.createAccount("whole", DPointer.of("D", 1));
        store.createFile(here, DPointer.of("D", 1));
        store.write(here, ItemId.of("kept"), new byte[] {'a', (byte) 0xFF, 0});
        store.write(here, ItemId.of("changed"), new byte[] {'b'});
        Map<String, String> before = image("whole");
        assertThat(command(1, "save", "--device", "big", "(U)"))
                .contains("not kept which items were updated since a save");
        assertThat(command(0, "save", "--device", "big", "--label", "WHOLE", "(H"))
                .contains("save on device big is done");
        assertThat(command(0, "t-report", "--device", "big"))
                .contains("Option h: a save leaves the transaction log queue as it is, with it or without.");
        store.write(here, ItemId.of("changed"), new byte[] {'c'});
        store.write(here, ItemId.of("new"), new byte[] {'d'});

        assertThat(command(0, "sel-restore", "whole,notes", "--device", "big"))
                .contains("items restored 0, left as they were or out 2");
        assertThat(command(0, "t-report", "--device", "big")).contains("Item 'changed' exists on file whole,notes");
        assertThat(command(0, "t-report", "--device", "big", "--output", "json"))
                .contains("\"kind\": \"sel-restore\"", "\"outcome\": \"DONE\"", "\"items\": 0", "\"leftOut\": 2")
                .contains("Item 'changed' exists on file whole,notes");
        assertThat(command(1, "sel-restore", "whole,notes", "--device", "big", "--overwrite"))
                .contains("whole,notes");
        command(
                0,
                "sel-restore",
                "whole,notes",
                "changed",
                "--device",
                "big",
                "--overwrite",
                "--confirm",
                "whole,notes");
        assertThat(store.read(here, ItemId.of("changed"))).contains(new byte[] {'b'});
        assertThat(store.read(here, ItemId.of("new"))).isPresent();

        assertThat(command(0, "restore-accounts", "--device", "big")).contains("items restored 0");
        store.deleteAccount("whole");
        command(0, "restore-accounts", "--device", "big");
        assertThat(image("whole")).isEqualTo(before);
        assertThat(command(0, "restore", "--device", "big", "--confirm", "pick0", "--reason", "a test"))
                .contains("items restored 0");
        store.write(here, ItemId.of("changed"), new byte[] {'c'});
        assertThat(command(0, "restore", "--device", "big", "--overwrite", "--confirm", "pick0", "--reason", "a test"))
                .contains("left as they were or out 0");
        assertThat(image("whole")).isEqualTo(before);
        assertThat(image("prod")).containsKey("orders,orders zlarge");
    }

    @Test
    @Tag("TS-001")
    @Tag("TAPE-8")
    void shouldGoOnWithTheNextFileWhereAReelIsFull() {
        assertThat(command(0, "account-save", "prod", "--device", "reels")).contains("items written 3004");
        assertThat(tape("reels-2")).hasSize((1 << 20) - 2 * 512);
        assertThat(tape("reels-3")).exists();
        assertThat(command(0, "t-chk", "--device", "reels")).contains("The tape is whole");
        assertThat(command(0, "account-restore", "prod", "reeled", "--device", "reels"))
                .contains("items restored 3004, left as they were or out 0");
        assertThat(image("reeled")).isEqualTo(expected());
        try (Command verify =
                Command.start(folder, "tape", "verify", tape("reels").toString())) {
            assertThat(verify.lines(60)).last().asString().startsWith("The tape is whole");
        }
    }

    @Test
    @Tag("TS-001")
    @Tag("TAPE-6")
    void shouldRestoreEveryKindOfFileAndItem() {
        RestClient store = node.rest();
        store.createAccount("kinds", DPointer.of("D", 1));
        for (String code : List.of("D", "DX", "DY")) {
            FilePath file = FilePath.data("kinds", "file" + code);
            store.createFile(file, DPointer.of(code, 1));
            store.execute(List.of(item(file, "text", "a\u00FEb"), item(file, "a,b", "\u00FF\u0000\u00FB\u00FE")));
        }
        FilePath plain = FilePath.data("kinds", "fileD");
        store.execute(List.of(
                item(plain, "binary", "\u00FFB\u00FFXX\u00FE"),
                item(plain, "empty", ""),
                item(FilePath.dictionary("kinds", "fileD"), "SYN", "Q\u00FEprod\u00FEorders")));
        Map<String, String> before = image("kinds");
        before.keySet().removeIf(key -> key.startsWith("fileDX,") || key.startsWith("fileDY,fileDY "));

        assertThat(command(0, "account-save", "kinds", "--device", "kinds")).contains("items written 5, bytes");
        command(0, "account-restore", "kinds", "kinds2", "--device", "kinds");
        Map<String, String> after = image("kinds2");
        assertThat(after).isEqualTo(before).containsKey("fileDY,fileDY");
        assertThat(after).containsEntry("fileD, SYN", "Q\u00FEprod\u00FEorders");

        command(0, "t-dump", "kinds,fileD", "text", "--id", "a,b", "--device", "kinds", "--confirm", "kinds", "(C");
        assertThat(command(0, "t-report", "--device", "kinds"))
                .contains("items 2")
                .contains("Option c: binary items stand in the records of R83");
        assertThat(command(0, "t-load", "kinds2,fileDY", "\"a,b\"", "--device", "kinds"))
                .contains("items restored 1");
        assertThat(store.read(FilePath.data("kinds2", "fileDY"), ItemId.of("a,b"))
                        .map(TapeDevicesTest::latin))
                .contains("\u00FF\u0000\u00FB\u00FE");
    }

    @Test
    @Tag("TS-001")
    void shouldDumpItemsAndLoadThem() {
        assertThat(command(1, "t-dump", "prod,orders", "o1,zlarge,none", "--device", "dump"))
                .contains("items written 2, not there 1");
        assertThat(command(1, "account-restore", "nobody", "--device", "dump")).contains("read it with t-load");
        RestClient store = node.rest();
        FilePath loaded = FilePath.data("prod", "loaded");
        store.createFile(loaded, DPointer.of("DX", 1));
        assertThat(command(0, "t-load", "prod,loaded", "--device", "dump")).contains("items restored 2");
        for (String id : List.of("o1", "zlarge")) {
            assertThat(store.read(loaded, ItemId.of(id)))
                    .contains(store.read(ORDERS, ItemId.of(id)).orElseThrow());
        }
        assertThat(command(0, "t-load", "prod,loaded", "--device", "dump")).contains("left as they were or out 2");
        assertThat(command(1, "t-load", "dm,users", "--device", "dump")).contains("dm,users");
        store.deleteFile(loaded.definedIn());
    }

    @Test
    @Tag("TS-001")
    void shouldSaveIntoAPipeThatAnyProgramReadsAndRestoreFromOne() throws Exception {
        Path packed = folder.resolve("packed");
        Process reader = shell("dd if=pipes/tape bs=512 2>/dev/null | gzip > " + packed);
        assertThat(command(0, "account-save", "prod", "--device", "pipe")).contains("items written 3004");
        assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Process writer = shell("gzip -dc " + packed + " | dd of=pipes/tape bs=700 2>/dev/null");
        assertThat(command(0, "account-restore", "prod", "piped", "--device", "pipe"))
                .contains("items restored 3004");
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).isZero();
        assertThat(image("piped")).isEqualTo(expected());
    }

    private static Process shell(String line) throws IOException {
        Path pipe = node.home().folder().resolve("pipes/tape");
        if (Files.notExists(pipe)) {
            command(0, "t-att", "--device", "pipe");
            command(0, "t-det", "--device", "pipe");
        }
        return new ProcessBuilder("sh", "-c", line)
                .directory(node.home().folder().toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void shouldBeCancelledInTheMiddle() throws Exception {
        assertThat(command(0, "account-save", "prod", "--device", "pipe", "--no-wait"))
                .contains("has begun");
        String task = task("pipe");
        assertThat(command(1, "t-att", "--device", "pipe")).contains("at work as task " + task);
        assertThat(command(0, "tasks", "cancel", task, "--confirm", task)).contains("nothing of it is on the tape");
        assertThat(command(1, "tasks", "result", task)).contains("was cancelled");

        command(0, "account-save", "prod", "--device", "cut");
        Process writer = shell("(head -c 2000000 tapes/cut; sleep 60) > pipes/tape");
        command(0, "account-restore", "prod", "half", "--device", "pipe", "--no-wait");
        await("items to be restored", () -> node.control().tape().devices().stream()
                .anyMatch(
                        device -> device.name().equals("pipe") && device.state().matches("items [1-9][0-9]{3,}.*")));
        task = task("pipe");
        String said = command(0, "tasks", "cancel", task, "--confirm", task);
        long restored = image("half").keySet().stream()
                .filter(key -> key.matches("orders,(orders|old) .*"))
                .count();
        assertThat(said).contains("which stand: " + restored);
        writer.descendants().forEach(ProcessHandle::destroy);
        writer.destroy();
    }

    /** A log tape was applied into an image of which half was of a save that was being restored. */
    @Test
    @Tag("TLOG-6")
    void shouldApplyNoLogWhileASaveIsRestored() {
        command(0, "restore-accounts", "--device", "pipe", "--no-wait");
        String task = task("pipe");
        String refused = "A save is being restored into this image, task " + task;
        for (String from : List.of("--from=0", "--until=2026-11-22T12:00:00Z")) {
            assertThat(command(
                            1, "tlog-restore", tape("cut").toString(), from, "--confirm", "pick0", "--reason", "test"))
                    .contains(refused);
        }
        node.control()
                .tapeSocket()
                .setup("applylog", "direction=input linked=on insecure=on port=" + Ports.free(Set.of()));
        assertThat(node.control().tapeServer("applylog").start("").message()).contains(refused);
        command(0, "tasks", "cancel", task, "--confirm", task);
        assertThat(node.control().tapeServer("applylog").start("").message()).isEqualTo("Server 'applylog' started");
        assertThat(command(1, "restore-accounts", "--device", "pipe", "--no-wait"))
                .contains("'applylog' applies the log as it arrives");
        node.control().tapeServer("applylog").stop("applylog");
        node.control().tapeSocket().deleteServer("applylog", "applylog", "test");
    }

    private static String task(String device) {
        return node.control().tape().devices().stream()
                .filter(one -> one.name().equals(device))
                .findFirst()
                .orElseThrow()
                .task();
    }

    @Test
    void shouldSayAtWhichBlockADeviceIsFullAndATapeBroken() throws IOException {
        assertThat(command(1, "account-save", "prod", "--device", "full", "--confirm", "full"))
                .contains("cannot be written: No space left on device")
                .containsPattern("Block [0-9]+ of reel 1");

        command(0, "account-save", "prod", "--device", "broken");
        try (FileChannel image = FileChannel.open(tape("broken"), StandardOpenOption.WRITE)) {
            image.truncate(512 * 1500 + 100);
        }
        assertThat(command(1, "account-restore", "prod", "partly", "--device", "broken"))
                .contains("Reel 1 ends within block 1500, after 100 of its 512 bytes")
                .containsPattern("Items restored before, which stand: [1-9][0-9]+");
        Map<String, String> whole = image("prod");
        Map<String, String> partly = image("partly");
        partly.keySet().removeIf(key -> !key.startsWith("orders,orders o"));
        assertThat(partly).isNotEmpty().allSatisfy((key, body) -> assertThat(whole)
                .containsEntry(key, body));
    }

    @Test
    @Tag("TAPE-1")
    void shouldRestoreATapeOfAnotherSystemToTheLastItem() throws IOException {
        Files.createDirectories(tape("foreign").getParent());
        Files.write(tape("foreign"), ForeignTape.image());
        assertThat(command(1, "restore", "--device", "foreign", "--confirm", "pick0", "--reason", "a test"))
                .contains("items restored 7")
                .contains("something is lost");

        RestClient store = node.rest();
        FilePath orders = FilePath.data("ACC", "ORDERS");
        assertThat(store.read(orders, ItemId.of("1001")).map(TapeDevicesTest::latin))
                .contains("first\u00FEsecond\u00FDthird\u00FCfourth");
        assertThat(store.read(orders, ItemId.of("1002"))).contains(new byte[0]);
        assertThat(store.read(orders, ItemId.of("BIN"))
                        .map(TapeDevicesTest::latin)
                        .orElseThrow())
                .startsWith("AB\u00FFC\u0000");
        assertThat(store.read(FilePath.dictionary("ACC", "ORDERS"), ItemId.of("DATE")))
                .isPresent();
        assertThat(digest("ACC").items()).as("LOGIN and SALES").isEqualTo(2);
        assertThat(store.read(FilePath.data("dm", "mds"), ItemId.of("SYN"))).isPresent();
        assertThat(command(0, "t-report", "--device", "foreign"))
                .contains("LOST")
                .contains("file 77");
    }
}
