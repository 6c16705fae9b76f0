package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Homes that were moved, copied or restored: a node works on what is in its own home, or says why it does not start. */
class MovedHomeTest {

    private static final String OWN = "jdbc:h2:file:./data/store";

    @TempDir
    Path base;

    private int http;
    private int jmx;

    @BeforeEach
    void choosePorts() {
        http = Ports.free(Set.of());
        jmx = Ports.free(Set.of(http));
    }

    /** A home as after a first start: its first user is in the store. */
    private NodeHome home(String name, String store) throws IOException {
        NodeHome home = new NodeHome(name, Files.createDirectories(base.resolve(name)));
        Files.createDirectories(home.folder().resolve("log"));
        Properties secrets = new Properties();
        secrets.setProperty("hotbackup.keys.password", "k");
        secrets.setProperty("hotbackup.local.secret", "l");
        NodeHome.storePrivately(home.secrets(), secrets);
        Properties configuration = new Properties();
        configuration.setProperty("hotbackup.node.name", name);
        configuration.setProperty("hotbackup.node.id", "id of " + name);
        configuration.setProperty("hotbackup.store.url", store);
        configuration.setProperty("hotbackup.http.port", Integer.toString(http));
        configuration.setProperty("hotbackup.jmx.port", Integer.toString(jmx));
        NodeHome.storePrivately(home.configuration(), configuration);
        return home;
    }

    /** As homes were made when they had absolute paths. */
    private NodeHome olderHome(String name) throws IOException {
        NodeHome home = home(name, "jdbc:h2:file:" + base.resolve(name).resolve("data/store"));
        Properties configuration = NodeHome.load(home.configuration());
        configuration.setProperty("hotbackup.node.home", home.folder().toString());
        NodeHome.storePrivately(home.configuration(), configuration);
        return home;
    }

    private static void haveStore(NodeHome home) throws IOException {
        Files.createDirectories(home.folder().resolve("data"));
        Files.writeString(home.folder().resolve("data/store.mv.db"), "");
    }

    private NodeHome move(NodeHome home, String name) throws IOException {
        return new NodeHome(name, Files.move(home.folder(), base.resolve(name)));
    }

    private NodeHome copy(NodeHome home, String name) {
        Folders.copy(home.folder(), base.resolve(name));
        return new NodeHome(name, base.resolve(name));
    }

    private static String urlIn(NodeHome home) {
        return "jdbc:h2:file:" + home.folder().resolve("data/store");
    }

    private static void refuse(NodeHome home, MessageCode code, String sentence) {
        assertThatThrownBy(() -> StoreUrl.of(home).check())
                .hasMessage(sentence)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    /** There is no bundle: what goes wrong after all checks is not what is looked for here. */
    private List<String> saidAtStart(NodeHome home) {
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> new NodeProcess(home).start(new Bundle(base.resolve("no bundle")), said::add))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.HOME_UNUSABLE));
        return said;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFindTheStoreOfAMovedHomeInTheHome(boolean older) throws IOException {
        NodeHome home = older ? olderHome("a") : home("a", OWN);
        haveStore(home);

        NodeHome moved = move(home, "amv");

        assertThat(moved.storeUrl()).isEqualTo(urlIn(moved));
        assertThatCode(() -> StoreUrl.of(moved).check()).doesNotThrowAnyException();
        assertThat(moved.settings())
                .containsEntry("hotbackup.node.name", "amv")
                .containsEntry("hotbackup.node.home", moved.folder().toString())
                .containsEntry("hotbackup.store.url", urlIn(moved));
        assertThat(home.folder()).as("the old folder").doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotLetACopyWorkOnTheStoreOfTheOriginal(boolean older) throws IOException {
        NodeHome home = older ? olderHome("a") : home("a", OWN);
        haveStore(home);

        NodeHome copy = copy(home, "acopy");

        assertThat(copy.storeUrl()).isEqualTo(urlIn(copy));
        assertThatCode(() -> StoreUrl.of(copy).check()).doesNotThrowAnyException();
        assertThat(home.storeUrl()).isEqualTo(urlIn(home));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotBeginAnEmptyDatabaseInPlaceOfOneThatIsGone(boolean older) throws IOException {
        NodeHome home = older ? olderHome("a") : home("a", OWN);
        haveStore(home);
        NodeHome copy = copy(home, "acopy");
        Folders.delete(copy.folder().resolve("data"));

        refuse(
                copy,
                MessageCode.STORE_MISSING,
                "The database of node 'acopy' is not there: " + copy.folder().resolve("data/store.mv.db")
                        + "; bring it back to that place, or make a new node.");
    }

    @Test
    void shouldBeginADatabaseForANodeThatWasNeverStarted() throws IOException {
        NodeHome home = home("a", OWN);
        Files.writeString(home.firstUser(), "");

        assertThatCode(() -> StoreUrl.of(home).check()).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAStoreInTheHomeOfAnotherNode() throws IOException {
        NodeHome home = home("a", OWN);
        haveStore(home);
        NodeHome other = home("b", urlIn(home) + ";CACHE_SIZE=1");

        refuse(
                other,
                MessageCode.STORE_OF_ANOTHER_HOME,
                "Node 'b' is set up with a store in the home of another node, " + home.folder()
                        + "; set hotbackup.store.url in " + other.configuration() + " to " + OWN
                        + ", which is its own.");
        refuse(
                home("c", "jdbc:h2:file:./../a/data/store"),
                MessageCode.STORE_OF_ANOTHER_HOME,
                "Node 'c' is set up with a store in the home of another node, " + base.resolve("c/../a")
                        + "; set hotbackup.store.url in " + base.resolve("c/node.properties") + " to " + OWN
                        + ", which is its own.");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
        "jdbc:h2:file:/elsewhere/store;CACHE_SIZE=1, jdbc:h2:file:/elsewhere/store;CACHE_SIZE=1",
        "jdbc:h2:/elsewhere/store, jdbc:h2:file:/elsewhere/store",
        "jdbc:h2:tcp://h/d, jdbc:h2:tcp://h/d"
    })
    void shouldLeaveAStoreThatWasChosenWhereItIs(String chosen, String url) throws IOException {
        assertThat(home("a", chosen).storeUrl()).isEqualTo(url);
    }

    @Test
    void shouldSayHowAMovedNodeIsCalled() throws IOException {
        NodeHome home = home("a", OWN);
        haveStore(home);

        assertThat(saidAtStart(home)).isEmpty();
        assertThat(saidAtStart(move(home, "amv")))
                .containsExactly("This node was made as 'a'; it is called 'amv' as its folder is.");
    }

    @Test
    void shouldSayThatAHomeBesideItIsItsCopy() throws IOException {
        NodeHome home = home("a", OWN);
        haveStore(home);
        home("stranger", OWN);
        Files.createDirectories(base.resolve("unreadable/node.properties"));
        copy(home, "acopy");
        Files.createSymbolicLink(base.resolve("alink"), home.folder());

        assertThat(saidAtStart(home))
                .containsExactly(
                        "Nodes 'a' and 'acopy' are copies of one node: what one of them does from now on the other"
                                + " will never know; remove the one that is not needed.");
    }

    @Test
    void shouldNotRunTwoCopiesAtOnce() throws IOException {
        NodeHome home = home("a", OWN);
        haveStore(home);
        Process process = new ProcessBuilder("sleep", "600")
                .directory(home.folder().toFile())
                .start();
        try {
            Files.writeString(
                    home.pidFile(),
                    process.pid() + " "
                            + process.toHandle().info().startInstant().orElseThrow());
            NodeHome copy = copy(home, "acopy");

            assertThat(new NodeProcess(home).running()).contains(process.toHandle());
            assertThat(new NodeProcess(copy).running())
                    .as("the pid came with the copy, the process did not")
                    .isEmpty();
            assertThatThrownBy(() -> new NodeProcess(copy).start(new Bundle(base), text -> {}))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Nodes 'acopy' and 'a' are copies of one node, and 'a' is running; only one of them may"
                            + " run.");

            NodeHome moved = move(home, "amv");

            assertThat(new NodeProcess(moved).running())
                    .as("a home moved while its node runs")
                    .contains(process.toHandle());
        } finally {
            process.destroyForcibly();
        }
    }
}
