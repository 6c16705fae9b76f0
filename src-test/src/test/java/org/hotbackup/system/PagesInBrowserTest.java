package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Browser;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a pair that works, in a real browser: their pictures are kept in {@code target/pictures}. */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesInBrowserTest {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final int WIDE = 1280;
    private static final int NARROW = 360;

    @TempDir
    static Path folder;

    private static Pair pair;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        pair = Pair.start(Files.createDirectory(folder.resolve("homes")), StoreKind.H2);
        pair.master().rest().createAccount("sales", DPointer.of("DL", 7));
        pair.master().rest().createFile(ORDERS, DPointer.of("DL", 7));
        for (int i = 1; i <= 100; i++) {
            pair.master().rest().write(ORDERS, ItemId.of("order " + i), ("item " + i).getBytes(StandardCharsets.UTF_8));
        }
        pair.awaitAcknowledged(60);
        haveATapeServerPair();
        browser = new Browser(Files.createDirectory(folder.resolve("browser")));
    }

    private static void haveATapeServerPair() {
        TapeSocketMXBean tapes = pair.master().control().tapeSocket();
        String both = " insecure=on port=" + Ports.free(Set.of(pair.slavePort()));
        tapes.setup("srest", "direction=input pipe=in" + both);
        tapes.setup("ssave", "direction=output host=127.0.0.1 pipe=out" + both);
        tapes.startAll("");
    }

    @AfterAll
    static void stop() {
        browser.close();
        pair.close();
    }

    private static String url(String page) {
        return pair.master().home().webUrl() + page;
    }

    /** By keyboard, as the user that every home has. */
    private static void logIn(TestNode node, String page) {
        browser.open(node.home().webUrl() + "login.xhtml?to=" + URLEncoder.encode("/" + page, StandardCharsets.UTF_8));
        browser.type("local");
        browser.tabTo("password");
        browser.type(node.home().localSecret());
        browser.enter();
        browser.awaitText("Log out");
    }

    @Test
    @Order(1)
    void shouldTurnAStrangerAwayInOneSentence() {
        browser.width(WIDE);
        browser.open(url("server.xhtml?name=todev"));
        assertThat(browser.text("location.pathname")).isEqualTo("/login.xhtml");
        browser.picture(PICTURES.resolve("login.png"));
        assertThat(browser.obstacles()).isEmpty();

        browser.type("dm");
        browser.tabTo("password");
        browser.type("wrong");
        browser.enter();
        browser.awaitText("User name or password is wrong.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(2)
    void shouldLeadToThePageThatWasAskedFor() {
        logIn(pair.master(), "server.xhtml?name=todev");

        assertThat(browser.text("location.pathname + location.search")).isEqualTo("/server.xhtml?name=todev");
        assertThat(browser.text("document.cookie")).as("scripts see no session").isEmpty();
    }

    private static String name(String page) {
        return page.replaceAll("\\.xhtml\\??|[&=]", "-");
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(
            strings = {
                "index.xhtml",
                "index.xhtml?span=day",
                "servers.xhtml",
                "server.xhtml?name=todev",
                "setup.xhtml",
                "setup.xhtml?type=slave",
                "setup.xhtml?name=todev",
                "updates.xhtml",
                "activity.xhtml",
                "notices.xhtml",
                "operations.xhtml",
                "operation.xhtml?bean=server&name=todev&operation=stop",
                "queue.xhtml",
                "lost-found.xhtml",
                "log.xhtml",
                "verify.xhtml",
                "promote.xhtml",
                "tapes.xhtml",
                "tape.xhtml?name=ssave",
                "tape-setup.xhtml",
                "audit.xhtml",
                "users.xhtml"
            })
    void shouldBeUsableByEverybodyAtEveryWidth(String page) {
        assertUsable(pair.master(), page);
    }

    private static void assertUsable(TestNode node, String page) {
        for (int width : new int[] {WIDE, NARROW}) {
            browser.width(width);
            browser.open(node.home().webUrl() + page);
            assertThat(browser.text("document.title")).endsWith(node.home().name() + " - Hot Backup");
            assertThat(browser.text("document.documentElement.scrollWidth <= innerWidth"))
                    .as("no horizontal scroll at %d", width)
                    .isEqualTo("true");
            browser.picture(PICTURES.resolve(node.home().name() + "-" + name(page) + width + ".png"));
            assertThat(browser.obstacles()).as("%s at %d", page, width).isEmpty();
        }
        browser.dark(true);
        browser.picture(PICTURES.resolve(node.home().name() + "-" + name(page) + "dark.png"));
        assertThat(browser.paleness()).as("%s in the dark", page).isEmpty();
        browser.dark(false);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(4)
    void shouldRefreshItselfUntilItIsPaused() {
        browser.width(WIDE);
        browser.open(url("server.xhtml?name=todev"));
        String before = browser.text("document.querySelector('time').textContent");
        browser.run("document.querySelector('#state').textContent = 'old'; hotBackup.refresh()");
        browser.awaitText("Idle");
        pair.masterServer().tracesOn();
        browser.run("document.querySelector('#asOf').textContent = 'old'; hotBackup.refresh()");
        browser.awaitText("As of");
        assertThat(browser.text("document.querySelector('time').textContent")).isGreaterThanOrEqualTo(before);
        pair.masterServer().tracesOff();

        browser.tabTo("Pause refresh");
        browser.enter();
        browser.awaitText("Resume refresh");
        assertThat(browser.text("document.getElementById('refresh')")).isEqualTo("null");
        assertThat(browser.text("location.search")).contains("name=todev", "paused=yes");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Nothing but the keyboard, from a page to the change and back; a wrong name changes nothing. */
    @Test
    @Order(5)
    void shouldStopAServerByKeyboardAfterItsNameWasTyped() {
        ServerMXBean server = pair.masterServer();
        browser.open(url("server.xhtml?name=todev&paused=yes"));
        browser.tabTo("Stop");
        browser.enter();
        browser.awaitText("has acknowledged everything");
        browser.tabTo("p0");
        browser.type("todex");
        browser.tabTo("Stop");
        browser.space();
        browser.awaitText("HB2036");
        assertThat(server.isRunning()).isTrue();

        browser.run("document.querySelector('#p0').value = ''");
        browser.tabTo("p0");
        browser.type("todev");
        browser.enter();
        browser.awaitText("Done:");
        assertThat(server.isRunning()).isFalse();
        assertThat(browser.text("location.pathname")).isEqualTo("/server.xhtml");
        browser.picture(PICTURES.resolve("server-stopped.png"));

        browser.open(url("server.xhtml?name=todev&paused=yes"));
        browser.tabTo("Start");
        browser.enter();
        browser.awaitText("Done:");
        assertThat(server.isRunning()).isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    /** The address names the server; what the page makes anew or leads to is of that one, too. */
    @Test
    @Order(6)
    void shouldStayWithTheServerThatWasChosen() {
        NodeMXBean node = pair.master().control().node();
        node.setup("tosafe", "type=master host=127.0.0.1 port=" + Ports.free(Set.of()));
        browser.open(url("verify.xhtml?server=tosafe"));
        browser.run("document.querySelector('#state').textContent = 'old'; hotBackup.refresh()");
        browser.awaitText("Server tosafe");
        browser.tabTo("Resync");
        browser.enter();
        browser.awaitText("Resync tosafe");
        browser.tabTo("Cancel");
        browser.enter();
        browser.awaitText("Server tosafe");
        assertThat(browser.text("location.pathname + location.search")).isEqualTo("/verify.xhtml?server=tosafe");
        assertThat(browser.complaints()).isEmpty();
        node.deleteServer("tosafe", "tosafe", "a test");
    }

    /** The form of a tape-socket server, its page, and how it is deleted there. */
    @Test
    @Order(6)
    void shouldSetUpATapeSocketServerAndDeleteIt() {
        TapeSocketMXBean tapes = pair.master().control().tapeSocket();
        browser.open(url("tape-setup.xhtml?direction=input"));
        browser.tabTo("name");
        browser.type("sother");
        browser.tabTo("port");
        browser.type("80");
        browser.tabTo("pipe");
        browser.type("in");
        browser.enter();
        browser.awaitText("HB2002");
        assertThat(tapes.getServerNames()).containsExactly("srest", "ssave");

        browser.run("document.querySelector('#port').value = ''");
        browser.tabTo("port");
        browser.type(Integer.toString(Ports.free(Set.of(pair.slavePort()))));
        browser.enter();
        browser.awaitText("Done:");
        assertThat(browser.text("location.pathname + location.search")).isEqualTo("/tape.xhtml?name=sother");
        assertThat(pair.master().control().tapeServer("sother").getDirection()).isEqualTo("Input");

        browser.open(url("tape.xhtml?name=sother&paused=yes"));
        browser.tabTo("Delete server");
        browser.enter();
        browser.awaitText("is deleted with what it read and could not send");
        browser.tabTo("p1");
        browser.type("sother");
        browser.tabTo("p2");
        browser.type("a test");
        browser.enter();
        browser.awaitText("Done:");
        assertThat(browser.text("location.pathname")).isEqualTo("/tapes.xhtml");
        assertThat(tapes.getServerNames()).containsExactly("srest", "ssave");
        assertThat(browser.complaints()).isEmpty();
    }

    /** An admin gets all of it in one file. */
    @Test
    @Order(6)
    void shouldHandOutWhatSupportNeeds() {
        browser.open(url("index.xhtml"));
        assertThat(browser.run("return fetch('download/support').then(r => r.headers.get('Content-Type') + ' '"
                                + " + r.headers.get('Content-Disposition'))")
                        .toString())
                .contains("application/zip attachment", "support-prod.zip");
        assertThat(browser.says("Download all of it for support")).isTrue();
    }

    /** It was an empty page. */
    @ParameterizedTest
    @Order(6)
    @ValueSource(strings = {"server.xhtml", "tape.xhtml"})
    void shouldSayThatThereIsNoSuchServer(String page) {
        browser.open(url(page + "?name=nope"));

        browser.awaitText("'nope'");
    }

    /** Filled tables, at every width: what waits for the slave, with marks and bytes that are no text. */
    @Test
    @Order(7)
    void shouldShowWhatWaits() {
        pair.slaveServer().stop("fromprod");
        byte[] body = "Miller\u00feHamburg\u00fdBremen\u00fe\u00001999".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 1; i <= 3; i++) {
            pair.master().rest().write(ORDERS, ItemId.of("waiting " + i), body);
        }
        long lsn = pair.master()
                .control()
                .transactionLogQueue()
                .list(Pair.MASTER, 0, 1)
                .get(0)
                .lsn();

        assertUsable(pair.master(), "queue.xhtml");
        assertUsable(pair.master(), "queue-entry.xhtml?server=todev&lsn=" + lsn);
        assertUsable(pair.master(), "queue-entry.xhtml?server=todev&as=hex&lsn=" + lsn);
        assertUsable(pair.master(), "index.xhtml");

        pair.slaveServer().start();
        pair.awaitAcknowledged(60);
    }

    @Test
    @Order(8)
    void shouldLetNobodyInAfterTheLogOut() {
        browser.open(url("index.xhtml"));
        browser.tabTo("Log out");
        browser.enter();
        browser.awaitText("Password");
        browser.open(url("index.xhtml"));
        assertThat(browser.text("location.pathname")).isEqualTo("/login.xhtml");
    }

    /** A slave's pages, with a record of lost+found. */
    @Test
    @Order(9)
    void shouldShowWhatWasLost() {
        pair.slaveServer().stop("fromprod");
        pair.slave().control().node().setup("fromprod", "auto-create=off");
        pair.slaveServer().start();
        pair.slave().rest().deleteFile(ORDERS.definedIn());
        pair.master().rest().write(ORDERS, ItemId.of("lost"), "Miller".getBytes(StandardCharsets.UTF_8));
        pair.awaitAcknowledged(60);
        LostAndFoundMXBean lostAndFound = pair.slave().control().lostAndFound();
        Orders.await("it is lost", () -> lostAndFound.getCount() > 0);
        LostRecord record = lostAndFound.list("", 1).get(0);
        logIn(pair.slave(), "lost-found.xhtml");

        assertUsable(pair.slave(), "lost-found.xhtml");
        assertThat(browser.says("write")).isTrue();
        assertUsable(pair.slave(), "lost-record.xhtml?try=yes&id=" + record.id());
        assertUsable(pair.slave(), "promote.xhtml");
        assertUsable(pair.slave(), "index.xhtml");
        assertThat(browser.says("Lag of")).as("a slave has none").isFalse();
    }
}
