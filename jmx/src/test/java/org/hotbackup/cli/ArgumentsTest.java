package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.cli.CommandLineTester.hotBackup;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit status and sentence of command lines that cannot be done; homes are under HOTBACKUP_HOME of the build. */
class ArgumentsTest {

    private static final String NODE = "alone";

    @TempDir
    static Path made;

    /** Of another machine. */
    @TempDir
    static Path elsewhere;

    private static NodeHome peer;

    @TempDir
    Path folder;

    private NodeHome home;

    @BeforeAll
    static void makeNode() {
        NodeHomes homes = NodeHomes.ofEnvironment();
        Folders.delete(homes.base());
        Folders.copy(
                NodeCreation.create(homes, NODE, NodeCreation.Choices.NONE)
                        .home()
                        .folder(),
                made);
        peer = NodeCreation.create(new NodeHomes(elsewhere), "peer", NodeCreation.Choices.NONE)
                .home();
    }

    /** As it was made; a pair of keys is the dear part of it. */
    @BeforeEach
    void haveNode() {
        NodeHomes homes = NodeHomes.ofEnvironment();
        Folders.delete(homes.base());
        Folders.copy(made, homes.at(NODE).folder());
        home = homes.at(NODE);
    }

    @AfterEach
    void removeNode() {
        Folders.delete(home.folder());
    }

    private static void shouldBeRefused(CommandLineTester result, String sentence) {
        shouldFail(result, HotBackup.REFUSED, sentence);
    }

    private static void shouldFail(CommandLineTester result, int status, String sentence) {
        assertThat(result.err().lines()).containsExactly(sentence);
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xyzzy",
                "node",
                "node create",
                "node create a b",
                "node create a --http-port eighty",
                "node start",
                "node remove a",
                "trust",
                "trust --peer a --certificate b",
                "trust --list --fingerprint 00",
                "digest",
                "import",
                "import x.csv --id a",
                "import x.csv --into a,b",
                "import x.csv --into a,b --id c --charset klingon",
                "import x.csv --into a,b --id c --delimiter ;;",
                "demo --items many",
                "status --lines x",
                "delete server=a",
                "promote server=a --confirm a",
                "promote server=a --reason because",
                "resync server=a",
                "rejoin server=a --list --after first",
                "updates",
                "updates close --confirm a",
                "start --server a"
            })
    void shouldSayHowACommandIsWrittenIfItIsWrittenWrongly(String line) {
        CommandLineTester result = hotBackup(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Usage:").doesNotContain("Exception", "\tat ");
    }

    /** An empty one was said in the words of a Java exception. */
    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "\"", "\n"})
    void shouldSayWhatADelimiterIs(String delimiter) {
        CommandLineTester result = hotBackup("import", "x.csv", "--into", "a,b", "--id", "c", "--delimiter", delimiter);

        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
        assertThat(result.err())
                .containsPattern("'--delimiter'.*: ('" + delimiter
                        + "' is not one character; write for example --delimiter ';'|a quote or a line break cannot)")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--node alone status | Write --node after status, not before it.",
                "-v start | Write --verbose after start, not before it.",
                "--host h --jmx-port 1 --user u --certificate c servers | Write --host after servers, not before it.",
                "--host h | Error: Missing required argument(s): --jmx-port=PORT, --user=USER, --certificate=FILE"
            })
    void shouldPassNoOptionOfTheMenuOver(String line, String sentence) {
        CommandLineTester result = hotBackup(line.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith(sentence);
    }

    /** A list of words, from which index on, said nothing of what may stand there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "updates xyz --node alone | 'xyz' is no command of hot-backup updates; give one of close, open, status.",
                "updates --node alone | hot-backup updates needs a command before '--node'; give one of close, open, status.",
                "log all --server a | hot-backup log all has no option '--server'.",
                "servers todev | 'todev' is too much: hot-backup servers takes no such word there.",
                "save (h --device tape1 | '(h' stands in the middle of the line, and options in parentheses are its last word; an item id like that is given with --id."
            })
    void shouldSayWhatStandsWhereItDoesNotBelong(String line, String sentence) {
        CommandLineTester result = hotBackup(line.split(" "));

        assertThat(result.err().lines().findFirst()).contains(sentence);
        assertThat(result.err().lines().count())
                .as("the sentence stays in sight")
                .isLessThan(25);
        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
    }

    /** Whoever scripts it is not asked, and read only that an option is missing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete server=a | hot-backup delete is not confirmed, and nothing was done; add --confirm NAME: The server's name once more; and --reason TEXT: Why, for the permanent log.",
                "node remove alone | hot-backup node remove is not confirmed, and nothing was done; add --confirm NAME: The node's name once more.",
                "file clear a,b | hot-backup file clear is not confirmed, and nothing was done; add --confirm ACCOUNT,FILE: The file's path once more."
            })
    void shouldSayWhatConfirmsACommandThatDestroys(String line, String sentence) {
        CommandLineTester result = hotBackup(line.split(" "));

        assertThat(result.err().lines().findFirst()).contains(sentence);
        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
    }

    @Test
    void shouldPrintTheVersion() {
        CommandLineTester result = hotBackup("--version");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("hot-backup ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status --node none | There is no node 'none'; see hot-backup node list.",
                "node start none | There is no node 'none'; see hot-backup node list.",
                "node create alone | Node 'alone' exists already; choose another name, or remove it first.",
                "node remove alone --confirm alon | To confirm, give the name 'alone'; 'alon' was given and nothing was done.",
                "demo --items -5 | '-5' is not valid for --items; give a number from 1 on.",
                "import x.csv --into a --id c | 'a' is not a file path; write account,file or account,file,section or dict account,file.",
                "import none.csv --into a,b --id c | none.csv: nothing was loaded; there is no such file"
            })
    void shouldRefuseInOneSentence(String line, String sentence) {
        shouldBeRefused(hotBackup(line.split(" ")), sentence);
    }

    /** What nobody can tell apart from a node that was never there, but for its folder. */
    @ParameterizedTest
    @ValueSource(strings = {"status --node alone", "node start alone", "node remove alone --confirm alone"})
    void shouldSayWhatAHomeWithoutItsConfigurationLacks(String line) throws IOException {
        Files.delete(home.folder().resolve("node.properties"));

        shouldBeRefused(hotBackup(line.split(" ")), MessageCode.NO_CONFIGURATION.text("alone", home.folder()));
    }

    /** The sentence names a log in a home that the demo deleted as it ended. */
    @Test
    void shouldKeepTheHomesOfADemoWhoseNodesDoNotStart() {
        CommandLineTester result = hotBackup("demo", "--once", "--items", "1");

        Path base = NodeHomes.ofEnvironment().base();
        try {
            assertThat(result.status()).isNotZero();
            assertThat(result.out()).contains(MessageCode.DEMO_KEPT.text(base));
            assertThat(base.resolve("prod")).isDirectory();
        } finally {
            List.of("prod", "standby").forEach(name -> Folders.delete(base.resolve(name)));
        }
    }

    /** Nobody refused anything: scripts that wait for a node want to know. */
    @ParameterizedTest
    @ValueSource(strings = {"node stop alone", "node kill alone", "start server=a", "digest a,b", "status"})
    void shouldHaveAnExitStatusOfItsOwnIfTheNodeIsNotReached(String line) {
        shouldFail(
                hotBackup(line.split(" ")),
                HotBackup.NOT_REACHED,
                "Node 'alone' is not running; start it with hot-backup node start alone.");
    }

    /** A word that only the command itself can judge is as wrong as one that does not fit its form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --items abc",
                "permanent-log --lines x",
                "audit --after x",
                "demo --items 99999999999999999999"
            })
    void shouldSayThatSomethingIsNoNumberInPlainWords(String line) {
        CommandLineTester result = hotBackup(line.split(" "));

        assertThat(result.err()).contains("is not a whole number that fits").doesNotContain("a long", "an int");
        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node create x --store jdbc:postgresql://h/d?password=hunter2 | The URL of --store has a password in it; take user and password out of it and give --store-user and --store-password-file.",
                "node create x --store jdbc:mysql:x | 'jdbc:mysql:x' is not a store; give a JDBC URL that begins with jdbc:h2: or jdbc:postgresql:",
                "import x.csv --into a,b,c --id c | 'a,b,c' is not a file to create; write --into ACCOUNT,FILE.",
                "import x.csv --into a,, --id c | 'a,,' is not a file to create; write --into ACCOUNT,FILE.",
                "import x.csv --into a,b --id c --multivalue c | 'c' is not COLUMN:SEP; write for example --multivalue 'phones:;'"
            })
    void shouldSayInOneSentenceWhatIsWrittenWrongly(String line, String sentence) {
        CommandLineTester result = hotBackup(line.split(" "));

        assertThat(result.err().lines()).containsExactly(sentence);
        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
    }

    /** HB-006: the exit status is all that is said. */
    @Test
    @Tag("HB-006")
    void shouldSayNothingWhenItIsToBeQuiet() {
        CommandLineTester failed = hotBackup("start", "server=a", "-q");
        assertThat(failed.out() + failed.err()).isEmpty();
        assertThat(failed.status()).isEqualTo(HotBackup.NOT_REACHED);

        CommandLineTester wrong = hotBackup("start", "-q", "--server", "a");
        assertThat(wrong.err()).contains("Usage:");
        assertThat(wrong.status()).isEqualTo(HotBackup.USAGE);
    }

    /** HB-006, HB-130: as it is written in TCL, with and without the closing parenthesis, in capitals or not. */
    @ParameterizedTest
    @Tag("HB-006")
    @Tag("HB-130")
    @ValueSource(strings = {"(Q", "(Q)", "(q", "(QV", "(VQ)", "(Q,V)", "(Q V"})
    void shouldTakeTheOptionsOfTheManual(String options) {
        CommandLineTester failed = hotBackup("start", "server=a", options);

        assertThat(failed.out() + failed.err()).isEmpty();
        assertThat(failed.status()).isEqualTo(HotBackup.NOT_REACHED);
    }

    @Test
    @Tag("HB-006")
    void shouldNotBeQuietIfOnlyTracesAreAskedFor() {
        shouldFail(
                hotBackup("start", "(V"),
                HotBackup.NOT_REACHED,
                "Node 'alone' is not running; start it with hot-backup node start alone.");
    }

    /** What is no option in TCL either, or stands where none can, is said and never taken for a word. */
    @ParameterizedTest
    @Tag("HB-006")
    @ValueSource(strings = {"start (X", "start (", "start ()", "status (V", "start (Q server=a", "node list (V"})
    void shouldSayThatSomethingIsNoOptionOfTheManual(String line) {
        CommandLineTester wrong = hotBackup(line.split(" "));

        assertThat(wrong.status()).isEqualTo(HotBackup.USAGE);
        assertThat(wrong.err()).isNotEmpty().doesNotContain("Exception");
    }

    /** One document, whatever is wrong, and nothing beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start server=a --output json | 3 | FAILED | HB3006 | Node 'alone' is not running",
                "--output json start server=a | 3 | FAILED | HB3006 | Node 'alone' is not running",
                "status --node none --output=JSON | 1 | REFUSED | HB3002 | There is no node 'none'",
                "import x.csv --into a --id c --output json | 1 | REFUSED | HB1004 | 'a' is not a file path",
                "import x.csv --into a,b,c --id c --output json | 2 | REFUSED | HB3011 | 'a,b,c' is not a file to create",
                "status --lines x --output json | 2 | REFUSED | HB3011 | Invalid value for option '--lines'",
                "xyzzy --output json | 2 | REFUSED | HB1039 | 'xyzzy' is no command of hot-backup; give one of those that hot-backup --help lists.",
                "verify --output json | 2 | REFUSED | HB3011 | Say what to do"
            })
    void shouldSayAsJsonWhatIsWrong(String line, int status, String outcome, String messageId, String message) {
        CommandLineTester result = hotBackup(line.split(" "));

        JsonObject document = document(result);
        assertThat(document.keySet()).containsExactly("outcome", "messageId", "message", "task");
        assertThat(document.getString("outcome")).isEqualTo(outcome);
        assertThat(document.getString("messageId")).isEqualTo(messageId);
        assertThat(document.getString("message")).startsWith(message);
        assertThat(result.status()).isEqualTo(status);
    }

    private static JsonObject document(CommandLineTester result) {
        assertThat(result.err()).isEmpty();
        try (JsonReader reader = Json.createReader(new StringReader(result.out()))) {
            return reader.readObject();
        }
    }

    @Test
    void shouldSayWhichFormatsThereAre() {
        assertThat(hotBackup("status", "--output", "xml").err())
                .startsWith("Invalid value for option '--output'")
                .contains("text", "json");
    }

    @Test
    void shouldListNodesAsJson() {
        CommandLineTester result = hotBackup("node", "list", "--output", "json");

        try (JsonReader reader = Json.createReader(new StringReader(result.out()))) {
            JsonObject node = reader.readArray().getJsonObject(0);
            assertThat(node.getString("node")).isEqualTo(NODE);
            assertThat(node.getBoolean("running")).isFalse();
            assertThat(node.isNull("pid")).isTrue();
            assertThat(node.getInt("httpPort")).isEqualTo(home.httpPort());
        }
    }

    @Test
    void shouldSayAsJsonWhatTheCommandDidItself() {
        CommandLineTester result = hotBackup("node", "remove", "alone", "--confirm", "alone", "--output", "json");

        assertThat(document(result).toString())
                .isEqualTo(
                        "{\"outcome\":\"DONE\",\"messageId\":\"HB4194\",\"message\":\"Node 'alone' is removed\",\"task\":\"\"}");
        assertThat(result.status()).isZero();
    }

    /** Two items whose ids were no UTF-8 were the same one, so that the wrong one was replaced or deleted. */
    @Test
    void shouldNotTakeForANameWhatIsNoText() {
        CommandLineTester result = hotBackup("item", "delete", "shop,orders", "K\uFFFD", "--confirm", "K\uFFFD");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(MessageCode.ARGUMENT_NOT_TEXT.text("K\uFFFD"));
    }

    /** More would only be refused by the node's filter, in the words of a library. */
    @Test
    void shouldRefuseAnArgumentThatNothingCanTake() {
        CommandLineTester result = hotBackup("lost-and-found", "show", "x".repeat(10_001));

        assertThat(result.err().lines()).containsExactly("An argument has 10001 characters; 10000 are the most.");
        assertThat(result.status()).isEqualTo(HotBackup.USAGE);
    }

    @Test
    void shouldSayInOneLineHowAConnectionWasLost() {
        assertThat(HotBackup.sentence(new UndeclaredThrowableException(new java.rmi.UnmarshalException(
                        "Error unmarshaling return header", new java.io.EOFException()))))
                .isEqualTo("The connection to the node was lost: it ended in the middle.");
        assertThat(HotBackup.sentence(new UndeclaredThrowableException(
                        new javax.management.InstanceNotFoundException("org.hotbackup:type=Server,name=rc"))))
                .isEqualTo("org.hotbackup:type=Server,name=rc is not there any more.");
    }

    @Test
    void shouldSayWhichNodesThereAreToChooseFrom() {
        NodeHome other = NodeCreation.create(NodeHomes.ofEnvironment(), "other", NodeCreation.Choices.NONE)
                .home();

        shouldBeRefused(hotBackup("status"), "There are several nodes (alone, other); say which one with --node NAME.");
        Folders.delete(other.folder());
    }

    @Test
    void shouldSayHowToMakeTheFirstNode() {
        Folders.delete(home.folder());

        shouldBeRefused(hotBackup("status"), "There is no node yet; make one with hot-backup node create NAME.");
    }

    @Test
    void shouldNotKeepAnythingOfANodeThatIsRemoved() {
        CommandLineTester result = hotBackup("node", "remove", "alone", "--confirm", "alone");

        assertThat(result.status()).isZero();
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void shouldListNodesWithTheirPorts() {
        CommandLineTester result = hotBackup("node", "list");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("alone  stopped")
                .contains(Integer.toString(home.httpPort()), Integer.toString(home.jmxPort()), "jdbc:h2:file:");
    }

    /** Refusals name nodes by an id that no command showed. */
    @Test
    void shouldListNodesWithTheIdsByWhichRefusalsNameThem() throws IOException {
        String id = Files.readAllLines(home.folder().resolve("node.properties")).stream()
                .filter(line -> line.startsWith("hotbackup.node.id="))
                .map(line -> line.substring("hotbackup.node.id=".length()))
                .findFirst()
                .orElseThrow();

        assertThat(hotBackup("node", "list").out()).contains("Node id", " " + id + " ");
    }

    @Test
    void shouldShowThePasswordOfTheFirstUserOnceAndStoreNothingOfIt() throws IOException {
        CommandLineTester result = hotBackup("node", "create", "fresh");
        String password = result.out().replaceAll("(?s).*has the password (\\S+),.*", "$1");
        Path freshHome = NodeHomes.ofEnvironment().at("fresh").folder();

        assertThat(password).hasSize(30);
        try (var files = Files.walk(freshHome)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(file -> contains(file, password));
        }
        Folders.delete(freshHome);
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldTrustTheCertificateOfAPeerAndNothingElse() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("peer.pem"), "hello");
        assertThat(hotBackup("trust", "--certificate", nonsense.toString()).err())
                .startsWith("'" + nonsense + "' holds no certificate in PEM form");
        shouldBeRefused(
                hotBackup("trust", "--certificate", "/nope.pem"),
                "The certificate '/nope.pem' cannot be read: there is no such file.");

        Path certificate = Files.copy(peer.certificate(), folder.resolve("elsewhere.pem"));
        CommandLineTester result = hotBackup("trust", "--certificate", certificate.toString());

        assertThat(result.out())
                .isEqualToIgnoringNewLines("Node 'alone' trusts 'elsewhere', fingerprint " + peer.fingerprint());
        assertThat(home.trusted().resolve("elsewhere.pem")).hasSameBinaryContentAs(peer.certificate());
        assertThat(home.trusted().resolve("peer.pem")).doesNotExist();
    }

    @Test
    void shouldTrustByFingerprintListAndRemove() throws IOException {
        Path certificate = Files.copy(peer.certificate(), folder.resolve("far.pem"));
        String fingerprint = peer.fingerprint();
        // of a fingerprint that begins with 00 it was no other one: red once in 256 builds
        String other = (fingerprint.startsWith("00") ? "11" : "00") + fingerprint.substring(2);

        CommandLineTester refused = hotBackup("trust", "--certificate", certificate.toString(), "--fingerprint", other);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains(fingerprint, other, "nothing was trusted");
        assertThat(home.trusted().resolve("far.pem")).doesNotExist();

        String spelled = fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        assertThat(hotBackup("trust", "--certificate", certificate.toString(), "--fingerprint", spelled)
                        .status())
                .isZero();
        assertThat(hotBackup("trust", "--list").out()).contains("far  ", fingerprint);

        assertThat(hotBackup("trust", "--remove", "far").out())
                .isEqualToIgnoringNewLines("Node 'alone' no longer trusts 'far'");
        assertThat(hotBackup("trust", "--list").out()).doesNotContain("far  ");
        assertThat(hotBackup("trust", "--remove", "far").err())
                .isEqualToIgnoringNewLines(
                        "There is no 'far' among the peers that node 'alone' trusts; see hot-backup trust --list.");
    }

    @Test
    void shouldGiveANodeANewKeyWhenItsNameIsGivenTwice() throws IOException {
        String before = home.fingerprint();
        assertThat(hotBackup("node", "renew-key", "alone", "--confirm", "other").err())
                .contains("'alone'", "nothing was done");
        assertThat(home.fingerprint()).isEqualTo(before);

        assertThat(hotBackup("node", "renew-key", "alone", "--confirm", "alone").out())
                .isEqualToIgnoringNewLines("Node 'alone' has a new key, fingerprint " + home.fingerprint());
        assertThat(home.fingerprint()).isNotEqualTo(before);
        try (var keys = Files.list(home.certificate().getParent())) {
            assertThat(keys.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("node.p12", "node.pem", "trusted");
        }
    }

    @Test
    void shouldNotAskTheOriginalInPlaceOfItsCopy() throws Exception {
        Path copy = NodeHomes.ofEnvironment().at("copy").folder();
        Process original = new ProcessBuilder("sleep", "600")
                .directory(home.folder().toFile())
                .start();
        try {
            Files.writeString(
                    home.folder().resolve("node.pid"),
                    original.pid() + " "
                            + original.toHandle().info().startInstant().orElseThrow());
            Folders.copy(home.folder(), copy);

            shouldBeRefused(
                    hotBackup("status", "--node", "copy"),
                    "Nodes 'copy' and 'alone' are copies of one node, and 'alone' is running; only one of them may run.");
        } finally {
            original.destroyForcibly();
            Folders.delete(copy);
        }
    }

    @Test
    void shouldRefuseANameThatLooksLikeAnOption() {
        shouldBeRefused(
                hotBackup("node", "create", "--", "-x"),
                "'-x' cannot be the name of a node: it must not begin with - and is 1 to 100 bytes of UTF-8 without blanks,"
                        + " commas, semicolons, slashes and control characters.");
    }

    @Test
    void shouldNotTrustItself() {
        shouldBeRefused(
                hotBackup("trust", "--peer", NODE),
                "That is node 'alone' itself; give the certificate of another node.");
    }

    @Test
    void shouldShowTheFingerprintByWhichANodeIsTrusted() {
        assertThat(hotBackup("node", "list").out()).contains("Fingerprint", home.fingerprint());
        assertThat(home.fingerprint()).matches("[0-9a-f]{64}");
    }

    /** It sent whoever gave tape-socket alone in a script to the help of another command. */
    @Test
    void shouldSayWhoseHelpListsCommandsWhereNoMenuCanBe() {
        assertThat(hotBackup().err()).contains("hot-backup --help lists them");
        assertThat(CommandLineTester.tapeSocket().err()).contains("tape-socket --help lists them");
    }
}
