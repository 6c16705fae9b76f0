package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.client.FakeNode;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.Cause;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.Job;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.Notice;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.TapeDone;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.TapePipe;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.TransactionStatistics;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What every command answers, in words and as JSON, as it was last looked at: each against a node whose beans are made up.
 * The command lines are in {@code output/command-lines.txt}. To take over an intended change, copy the file that the
 * failure names (all are in {@code jmx/target/output}) to {@code src/test/resources/org/hotbackup/cli/output} and read the
 * difference.
 */
@Tag("HB-130")
@Tag("HB-132")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutputTest {

    private static final Path SEEN = Path.of("target", "output");
    private static final String COMMAND_LINES = "command-lines.txt";

    /** A command line under the name of the file with its answers. */
    record Asked(String name, List<String> words) {

        static Asked of(String line) {
            String[] parts = line.split(": ", 2);
            // a word in quotes may have blanks
            List<String> words = Stream.of(parts[1].split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                    .map(word -> word.replace("'", ""))
                    .toList();
            return new Asked(parts[0], words);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    static Path made;

    /** For what commands read and write. */
    @TempDir
    static Path folder;

    private static FakeNode rest;
    private static RestClient client;
    private static FakeControl control;

    static List<Asked> commandLines() throws IOException {
        try (InputStream lines = OutputTest.class.getResourceAsStream("output/" + COMMAND_LINES)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Asked::of)
                    .toList();
        }
    }

    @BeforeAll
    static void haveANode() throws Exception {
        int jmxPort;
        int httpPort;
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            jmxPort = one.getLocalPort();
            httpPort = other.getLocalPort();
        }
        NodeHomes homes = NodeHomes.ofEnvironment();
        Folders.delete(homes.base());
        NodeHome home = NodeCreation.create(
                        homes,
                        "prod",
                        new NodeCreation.Choices(OptionalInt.of(httpPort), OptionalInt.of(jmxPort), null))
                .home();
        Folders.copy(home.folder(), made.resolve("prod"));
        Folders.copy(
                NodeCreation.create(homes, "spare", NodeCreation.Choices.NONE)
                        .home()
                        .folder(),
                made.resolve("spare"));
        rest = new FakeNode(httpPort);
        client = rest.client();
        control = new FakeControl(jmxPort);
        registerBeans();
        fillBeans();
        fillTapeBeans();
        Files.writeString(folder.resolve("customers.csv"), "number,name\n1,Ann\n2,Bob\n");
        TapeImages.write(folder);
        Folders.delete(SEEN);
        Files.createDirectories(SEEN);
    }

    private static void registerBeans() throws Exception {
        control.register(ControlNames.node(), NodeMXBean.class);
        control.register(ControlNames.transactionLogQueue(), TransactionLogQueueMXBean.class);
        control.register(ControlNames.lostAndFound(), LostAndFoundMXBean.class);
        control.register(ControlNames.permanentLog(), PermanentLogMXBean.class);
        control.register(ControlNames.notices(), NoticesMXBean.class);
        control.register(ControlNames.tasks(), TasksMXBean.class);
        control.register(ControlNames.security(), SecurityMXBean.class);
        control.register(ControlNames.audit(), AuditMXBean.class);
        control.register(ControlNames.samples(), SamplesMXBean.class);
        for (String server : List.of("todev", "fromprod")) {
            control.register(ControlNames.server(server), ServerMXBean.class);
        }
        control.register(ControlNames.verification("todev"), VerificationMXBean.class);
        control.register(ControlNames.tape(), TapeMXBean.class);
        control.register(ControlNames.resync(), ResyncMXBean.class);
        control.register(ControlNames.tapeSocket(), TapeSocketMXBean.class);
        for (String server : List.of("ssave", "rsave")) {
            control.register(ControlNames.tapeServer(server), TapeServerMXBean.class);
        }
    }

    private static void fillBeans() {
        control.says(
                "Security.users",
                given -> given[0].equals("")
                        ? List.of(
                                new NodeUser("ann", "", "ann@example.com", false),
                                new NodeUser("bob", "operator", "", true))
                        : List.of());
        control.says("Audit.getHeadNumber", 8L);
        control.says(
                "Audit.list",
                List.of(
                        new AuditRecord(
                                7,
                                "2026-11-22T04:00:00.000001Z",
                                "bob",
                                "jmx",
                                "127.0.0.1",
                                "Server todev",
                                "stop",
                                "confirm=todev",
                                AuditRecord.BEGUN,
                                "",
                                "",
                                0,
                                1,
                                "0".repeat(64)),
                        new AuditRecord(
                                8,
                                "2026-11-22T04:00:01.000001Z",
                                "",
                                "rest",
                                "",
                                "Users",
                                "logIn",
                                "",
                                "REFUSED",
                                "HB1021",
                                MessageCode.NOT_AUTHENTICATED.text(),
                                0,
                                12,
                                "1".repeat(64))));
        control.says("Audit.verify", OperationReceipt.done(MessageCode.AUDIT_WHOLE, 8, "1".repeat(64)));
        control.says("Audit.verifySince", OperationReceipt.refused(MessageCode.AUDIT_BROKEN, 7));
        control.says("Node.getName", "prod");
        control.says("Node.getServerNames", List.of("fromprod", "todev"));
        control.says("Node.getAccounts", List.of("dm", "shop"));
        control.says("Node.listFiles", List.of("dict shop,orders", "shop,orders"));
        control.says("Node.digest", given -> new FileDigest((String) given[0], 2, 17, "9f86d081884c7d65"));
        List<Job> jobs = List.of(
                new Job("2", "r", 2, 4711, "2026-11-21T10:15:29Z", "", "hot-backup server todev"),
                new Job("1", "e", -1, -1, "", "2026-11-21T10:15:28Z", "hot-backup server todev"));
        control.says("Node.jobs", jobs);
        control.says("Node.listJobs", jobs.stream().map(Job::toString).collect(Collectors.joining("\n")));
        control.says("Node.getHealth", "DEGRADED");
        control.says("Node.support", records(SupportPart.class));
        control.says("Node.diagnose", records(Cause.class));
        control.says(
                "Node.diagnoseText",
                String.join(
                        System.lineSeparator(),
                        "Node prod: DEGRADED",
                        "1. warning HB4160: Server 'todev' is stopped",
                        "   seen: 3 transactions wait for its slave",
                        "   next: hot-backup start server=todev --node prod"));

        control.says("Server.todev.getName", "todev");
        control.says("Server.todev.getServerType", "Master");
        control.says("Server.todev.getSettings", "type=master host=127.0.0.1 port=2000");
        control.says("Server.todev.getPromotion", "");
        control.says("Server.todev.isRunning", true);
        control.says("Server.fromprod.getName", "fromprod");
        control.says("Server.fromprod.getServerType", "Slave");
        control.says("Server.fromprod.getSettings", "type=slave port=2001");
        control.says("Server.fromprod.getPeer", "");
        control.says(
                "Server.fromprod.start", given -> OperationReceipt.refused(MessageCode.ALREADY_RUNNING, "fromprod", 2));
        control.says("Server.fromprod.query", given -> {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, "fromprod");
        });
        control.says(
                "Server.status",
                String.join(
                        System.lineSeparator(),
                        "2026-11-21T10:15:31Z  Server 'todev' is started",
                        "2026-11-21T10:15:30Z  Waiting for server 'todev' to initialize",
                        "2026-11-21T10:15:29Z  the message before"));
        control.says("Server.getLastMessage", "2026-11-21T10:15:29Z  the message before");
        control.says(
                "Server.query",
                String.join(
                        System.lineSeparator(),
                        "Server todev. PIB 2. PID 4711. Server type Master. Traces OFF.",
                        "Total sent 289K. ACK'ed trans 1039.",
                        "Status Idle"));
        control.says("Server.show", "Server name        todev" + System.lineSeparator() + "Server type        Master");
        TransactionStatistics statistics = new TransactionStatistics(12, 11, 0, 1, 4, 289_000, 2, 1040);
        control.says("Server.transactionStatistics", statistics);
        control.says("Server.statistics", statistics.toString());
        control.says("Server.messages", records(LogMessage.class));
        control.says("Server.fromprod.traces", List.of());
        control.says("Server.todev.openedFiles", List.of());
        control.says("Server.traces", List.of("one line of traces", "another one"));
        control.says(
                "Server.openedFiles",
                given -> given[0].equals("") ? List.of("shop,customers", "shop,orders") : List.of());
        control.says(
                "Server.head", "Transaction  17" + System.lineSeparator() + "Blocked by   'shop,orders' is locked");
        control.says("Server.todev.head", "");
        control.says("Server.rejoinEntries", records(QueueEntry.class));

        control.says("TransactionLogQueue.display", "3 frames in queue" + System.lineSeparator() + "DL files logged");
        control.says("TransactionLogQueue.list", given -> (long) given[1] > 1 ? List.of() : records(QueueEntry.class));

        control.says("TransactionLogQueue.find", given -> new QueuePage(records(QueueEntry.class), 17, false));
        control.says("TransactionLogQueue.show", "LSN 1" + System.lineSeparator() + "1  write shop,orders 4711");
        control.says(
                "TransactionLogQueue.contents", given -> (int) given[2] == 0 ? List.of(update("write")) : List.of());
        control.says("Samples.getFigures", List.of("queueDepth  entries  the queue", "lagMillis  ms  a server"));
        control.says("Samples.csv", "time,value" + System.lineSeparator() + "2026-11-21T10:15:30Z,17.0");
        control.says("Samples.samples", List.of(new Sample(1795083330000L, "2026-11-21T10:15:30Z", 17.5)));

        control.says("LostAndFound.list", given -> given[0].equals("") ? records(LostRecord.class) : List.of());
        control.says("LostAndFound.show", "Transaction 17" + System.lineSeparator() + "1  write shop,orders 4711");
        control.says("LostAndFound.tryReplay", "1  write shop,orders 4711: replaces 3 bytes by 5");
        control.says("LostAndFound.replayChanges", records(ReplayChange.class));
        control.says("LostAndFound.contents", given -> {
            if (given[0].equals("none")) {
                throw new Refusal(MessageCode.NO_LOST_ITEM, given[0]);
            }
            return (int) given[1] == 0 ? List.of(update("write")) : List.of();
        });

        LogPage log = new LogPage(records(LogMessage.class), "id 2", false);
        for (String read : List.of("next", "back", "from", "search")) {
            control.says("PermanentLog." + read, log);
        }
        control.says(
                "Tasks.list",
                List.of(
                        FakeControl.record(Task.class, 1),
                        new Task(
                                "helper:fromprod:17",
                                "helper",
                                "fromprod",
                                "shop,orders",
                                Task.RUNNING,
                                -1,
                                "clearing a file that holds so many items that its message is too long for a table",
                                "")));
        control.says(
                "Tasks.show",
                String.join(System.lineSeparator(), "Task       verification:todev", "State      running, 17 %"));
        control.says("Notices.getAddresses", List.of("bob=bob@example.com", "dm=https://example.com/notices"));
        control.says("Notices.read", records(Notice.class));
        control.says("Notices.take", records(Notice.class));

        control.says("Verification.getState", "done");
        control.says("Verification.status", "done: 2 files, 1 different");
        control.says("Verification.files", given -> given[0].equals("") ? records(VerifiedFile.class) : List.of());
        control.says(
                "Verification.differences", given -> given[0].equals("") ? records(ItemDifference.class) : List.of());
    }

    private static void fillTapeBeans() {
        control.says("Tape.devices", records(TapeDevice.class));
        control.says("Tape.report", "save of prod: items 17" + System.lineSeparator() + "Files 1, items 17");
        control.says(
                "Tape.done",
                new TapeDone(
                        "tape0",
                        "save",
                        "prod",
                        "tape:tape0:1",
                        "DONE",
                        "items 17",
                        1,
                        17,
                        1_700,
                        0,
                        0,
                        1,
                        List.of("shop,orders"),
                        List.of(),
                        List.of("a note")));
        control.says("Tape.readLabel", "Label       DATA NIGHTLY");
        control.says("Tape.readBlocks", "Reel 1, block 0, 512 bytes: a label");
        control.says("Tape.attach", OperationReceipt.done(MessageCode.TAPE_ATTACHED, "tape0", "pseudo-tape", 500));
        control.says("Tape.rewind", OperationReceipt.done(MessageCode.TAPE_STANDS, "tape0", 0, "a filemark"));
        control.says("Tape.save", OperationReceipt.refused(MessageCode.TAPE_HOLDS_SOMETHING, "tape0", "block 0"));
        control.says(
                "Tape.accountRestore",
                OperationReceipt.accepted(MessageCode.TAPE_BEGUN, "account-restore", "tape0", "tape:tape0:2")
                        .asTask("tape:tape0:2"));
        control.says("TapeSocket.getServerNames", List.of("rsave", "ssave"));
        control.says("TapeServer.ssave.getName", "ssave");
        control.says("TapeServer.rsave.getName", "rsave");
        control.says("TapeServer.ssave.getDirection", "Output");
        control.says("TapeServer.rsave.getDirection", "Input");
        control.says("TapeServer.getSettings", "direction=output host=127.0.0.1 port=3000 pipe=save");
        control.says("TapeServer.traces", List.of("one line of traces", "another one"));
        control.says("TapeServer.messages", records(LogMessage.class));
        control.says("TapeSocket.messages", records(LogMessage.class));
        control.says("TapeSocket.pipes", records(TapePipe.class));
    }

    private static UpdateContent update(String operation) {
        byte[] item = {'4', '7'};
        return new UpdateContent(1, operation, "shop,orders", "47", item, item.length, 0, item);
    }

    private static <R extends Record> List<R> records(Class<R> type) {
        return List.of(FakeControl.record(type, 1), FakeControl.record(type, 2));
    }

    @AfterAll
    static void removeNode() throws IOException {
        control.close();
        rest.close();
        Folders.delete(NodeHomes.ofEnvironment().base());
    }

    private static void haveHomesAsMade(List<String> words) throws IOException {
        NodeHomes homes = NodeHomes.ofEnvironment();
        Folders.delete(homes.base());
        Files.createDirectories(homes.base());
        Folders.copy(made.resolve("prod"), homes.at("prod").folder());
        if (words.contains("spare")) {
            Folders.copy(made.resolve("spare"), homes.at("spare").folder());
        }
        rest.clear();
        FilePath orders = FilePath.data("shop", "orders", "orders");
        client.createAccount("shop", DPointer.of("DL", 1));
        client.createFile(orders, DPointer.of("DL", 101));
        for (int i = 1; i <= 3; i++) {
            client.write(orders, ItemId.of("order " + i), new byte[] {'a', (byte) 0xFE, 0, (byte) i});
        }
        client.write(orders, ItemId.of(new byte[] {'z', (byte) 0x80}), new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void shouldAnswerAsItIsWrittenDown(Asked asked) throws IOException {
        haveHomesAsMade(asked.words());
        String inWords = answer(asked.words());
        haveHomesAsMade(asked.words());
        String answers = inWords + System.lineSeparator() + answer(asJson(asked.words()));

        String name = asked.name() + ".txt";
        Path seen = SEEN.resolve(name);
        Files.writeString(seen, answers);
        try (InputStream golden = OutputTest.class.getResourceAsStream("output/" + name)) {
            assertThat(golden)
                    .as("src/test/resources/.../output/%s; see %s", name, seen)
                    .isNotNull();
            assertThat(answers).as("see %s", seen).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> asJson(List<String> words) {
        List<String> json = new ArrayList<>(words);
        json.addAll(isTapeSocket(words) ? 1 : 0, List.of("--output", "json"));
        return json;
    }

    private static boolean isTapeSocket(List<String> words) {
        return words.get(0).equals(TapeSocket.NAME);
    }

    /** Taking notices is recorded in the audit: whoever watched a port filled it with several records a second. */
    @Test
    void shouldTakeNoticesOfAPortOnlyWhenThereMayBeSome() throws IOException {
        haveHomesAsMade(List.of());
        AtomicInteger looks = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        control.says("Notices.getLastNumber", given -> looks.incrementAndGet() < 4 ? 5L : 6L);
        control.says("Notices.take", given -> {
            taken.add(looks.get());
            return looks.get() < 4 ? List.of() : records(Notice.class).subList(0, 1);
        });

        CommandLineTester result = hotBackup("watch", "--as", "!0", "--count", "1", "--node", "prod");

        assertThat(result.status()).isZero();
        assertThat(taken)
                .as("what was kept before, and when there is a new one")
                .containsExactly(2, 4);
        control.says("Notices.take", records(Notice.class));
    }

    /** A command line with all that it answers, as at a terminal. */
    private static String answer(List<String> words) throws IOException {
        Folders.delete(folder.resolve("written"));
        Files.createDirectories(folder.resolve("written"));
        boolean tapeSocket = isTapeSocket(words);
        String[] given = words.stream()
                .skip(tapeSocket ? 1 : 0)
                .map(word -> word.replace("$FOLDER", folder.toString()))
                .toArray(String[]::new);
        CommandLineTester result = tapeSocket ? CommandLineTester.tapeSocket(given) : hotBackup(given);
        if (words.contains("json") && !words.contains("watch") && !result.out().isEmpty()) {
            assertIsOneDocument(result);
        }
        String shown = words.stream()
                .map(word -> word.matches(".*[ (!].*") ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
        return (tapeSocket ? "$ " : "$ hot-backup ") + shown + System.lineSeparator()
                + steady(result.out())
                + result.err()
                        .lines()
                        .map(line -> "standard error: " + steady(line) + System.lineSeparator())
                        .collect(Collectors.joining())
                + "exit status " + result.status() + System.lineSeparator();
    }

    private static void assertIsOneDocument(CommandLineTester result) {
        try (JsonReader reader = Json.createReader(new StringReader(result.out()))) {
            assertThat(reader.read()).isNotNull();
        }
    }

    /** Without what is another one each time. */
    private static String steady(String text) {
        return text.replace(folder.toString(), "$FOLDER")
                .replace(NodeHomes.ofEnvironment().base().toString(), "$HOTBACKUP_HOME")
                .replaceAll("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}|\\b[0-9a-f]{64}\\b", "FINGERPRINT")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("(127\\.0\\.0\\.1:|(?:http|jmx)Port\": ?)[0-9]+", "$1PORT")
                .replaceAll("(has the password |\"password\": ?\")[^\" ,]+", "$1PASSWORD")
                // the columns of node list are as wide as what stands in them
                .replaceAll("(?m) +(?=[^\n]*(FINGERPRINT|Fingerprint)$)", " ")
                .replaceAll("(stopped|elsewhere) [0-9]+ [0-9]+ ", "$1 PORT PORT ")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]+(?!Z)\\.[0-9]+Z", "TIME");
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256 * 256 + 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 256 + i);
        }
        return bytes;
    }

    @Test
    void shouldWriteTheBytesOfAnItemToStandardOutputAndNothingElse() throws IOException {
        haveHomesAsMade(List.of());
        FilePath orders = FilePath.data("shop", "orders", "orders");
        rest.client().write(orders, ItemId.of("bytes"), everyByte());
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLineTester result;
        try {
            System.setOut(new PrintStream(out));
            result = hotBackup("item", "get", "shop,orders", "bytes");
        } finally {
            System.setOut(before);
        }

        assertThat(result).isEqualTo(new CommandLineTester(HotBackup.DONE, "", ""));
        assertThat(out.toByteArray()).isEqualTo(everyByte());
    }

    @Test
    void shouldReadTheBytesOfAnItemFromStandardInput() throws IOException {
        haveHomesAsMade(List.of());
        InputStream before = System.in;
        CommandLineTester result;
        try {
            System.setIn(new ByteArrayInputStream(everyByte()));
            result = hotBackup("item", "put", "shop,orders", "--base64", "eoA=");
        } finally {
            System.setIn(before);
        }

        assertThat(result.out().lines()).containsExactly("Item 'z\\x80' of 'shop,orders' is replaced: 65537 bytes");
        assertThat(rest.items(FilePath.data("shop", "orders", "orders")).get(ItemId.of(new byte[] {'z', (byte) 0x80})))
                .isEqualTo(everyByte());
    }

    @Test
    void shouldReadAndWriteTheItemsOfAMasterDictionary() throws IOException {
        haveHomesAsMade(List.of());
        Path pointer = Files.write(folder.resolve("pointer"), new byte[] {'Q', Marks.ATTRIBUTE, Marks.ATTRIBUTE, 'o'});
        Path copy = folder.resolve("copy");

        assertThat(hotBackup("item", "put", "shop,,", "sales", "--file", pointer.toString())
                        .out())
                .contains("Item 'sales' of 'shop,,' is created");
        assertThat(hotBackup("item", "get", "shop,,", "sales", "--out", copy.toString())
                        .status())
                .isEqualTo(HotBackup.DONE);
        assertThat(copy).hasSameBinaryContentAs(pointer);
        assertThat(hotBackup("item", "list", "shop,,").out()).contains("sales");
        assertThat(hotBackup("item", "delete", "shop,,", "sales", "--confirm", "sales")
                        .status())
                .isEqualTo(HotBackup.DONE);
        assertThat(rest.items(FilePath.masterDictionary("shop"))).isEmpty();
    }

    @Test
    void shouldNotReachIntoAFileThatIsThere() throws IOException {
        haveHomesAsMade(List.of());
        Path there = Files.writeString(folder.resolve("there"), "mine");

        assertThat(hotBackup("item", "get", "shop,orders", "order 1", "--out", there.toString())
                        .err())
                .contains("there is something of this name already");
        assertThat(there).hasContent("mine");
    }

    @Test
    void shouldHaveACommandLineForEveryCommand() throws IOException {
        // to describe all commands takes most of the time that parsing a line takes
        CommandLine hotBackup = HotBackup.commandLine().setUnmatchedArgumentsAllowed(true);
        CommandLine tapeSocket = TapeSocket.commandLine().setUnmatchedArgumentsAllowed(true);
        Set<String> asked = new TreeSet<>();
        for (Asked one : commandLines()) {
            boolean ofTapeSocket = isTapeSocket(one.words());
            String[] line = one.words().stream().skip(ofTapeSocket ? 1 : 0).toArray(String[]::new);
            CommandLine.ParseResult parsed =
                    (ofTapeSocket ? tapeSocket : hotBackup).parseArgs(HotBackup.withDashes(line));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            asked.add(parsed.commandSpec().qualifiedName());
        }
        Set<String> all = new TreeSet<>();
        collect(hotBackup, all);
        collect(tapeSocket, all);
        // what it answers are all commands with all options; CompletionTest runs it
        all.remove("hot-backup completion");

        assertThat(all).isSubsetOf(asked);
    }

    private static void collect(CommandLine command, Set<String> all) {
        if (command.getSubcommands().isEmpty()) {
            all.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(sub -> collect(sub, all));
    }

    /** Says the same as an operation that is called, for consoles that show text only. */
    private static final Pattern TEXT_TWIN = Pattern.compile(".*Text|PermanentLog\\.text");

    /**
     * Accounts and files are data, over REST (file list). Certificates are files of the home (trust --list). The command is
     * the owner of the home, who has no password; a user elsewhere changes his own with --host, which the matrix test does. A
     * resync of two nodes is what NodeResyncTest asks for.
     */
    private static final Set<String> BY_ANOTHER_WAY = Set.of(
            "Node.listFiles",
            "Security.certificates",
            "Security.changeMyPassword",
            "Resync.hold",
            "Resync.holds",
            "Resync.release",
            "Resync.begin",
            "Resync.beginAnew",
            "Resync.send",
            "Resync.receive",
            "Resync.remove",
            "Resync.end",
            "Resync.proved");

    /** An operation that exists for one surface exists for all; runs when all command lines were asked. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shouldReachEveryOperationOfTheContract() {
        Set<String> left = control.notCalled();
        left.removeIf(operation -> TEXT_TWIN.matcher(operation).matches() || BY_ANOTHER_WAY.contains(operation));

        assertThat(left).isEmpty();
    }

    @Test
    void shouldHaveNoAnswerWrittenDownForACommandLineThatIsGone() throws Exception {
        Path golden = Path.of(OutputTest.class.getResource("output").toURI());
        List<String> names = Stream.concat(
                        commandLines().stream().map(asked -> asked.name() + ".txt"), Stream.of(COMMAND_LINES))
                .toList();
        try (Stream<Path> files = Files.list(golden)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }
}
