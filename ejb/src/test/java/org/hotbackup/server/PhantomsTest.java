package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.Traces;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs, what the record and the jobs say about it, and what becomes of them when a process dies. */
@Timeout(30)
class PhantomsTest {

    private static final NoticeBoard NOBODY = new NoticeBoard((user, notice) -> {});

    private static final Logger SERVERS = Logger.getLogger("org.hotbackup.server");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PID = 4711;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final String ID_OF_NOW = "2151036000A";

    private final FilesInMemory kept = new FilesInMemory();
    private final PermanentLog log = new PermanentLog(kept.files(), CLOCK, Thread::new);
    private final Jobs jobs = new Jobs(kept.files(), CLOCK);
    private final ServerRecords records = new ServerRecords(kept.files());
    private final Phantoms phantoms = new Phantoms(jobs, records, Thread::new, PID);
    private final ReplicationServer server = server("fromprod");

    private ReplicationServer server(String name) {
        ServerSettings settings = ServerSettings.parse("type=slave port=2000");
        return new ReplicationServer(records.keep(ServerDefinition.of(name, settings, 0)), log, NOBODY, CLOCK);
    }

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SERVERS.setLevel(Level.OFF);
    }

    /** Steps until it is told to die. */
    private static final class Heartbeat implements Session {

        @Override
        public void traceTo(Traces traces) {}

        private final CountDownLatch stepped = new CountDownLatch(1);
        private volatile boolean dies;
        private volatile boolean closed;

        @Override
        public long step(long now) {
            stepped.countDown();
            if (dies) {
                throw new StackOverflowError("a fatal error");
            }
            return now + 10_000;
        }

        @Override
        public ServerFigures figures() {
            return ServerFigures.STOPPED.doing(ServerStatus.READING_NETWORK);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    @Tag("HB-010")
    @Tag("HB-171")
    void shouldBeAJobAndSaySoInItsRecordWhileItRuns() throws InterruptedException {
        OperationReceipt receipt = phantoms.start(server, Heartbeat::new);

        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
        long pib = server.pib();
        assertThat(pib).isEqualTo(server.thread().id());
        DynamicArray job = kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow();
        assertThat(job.extract(1)).isEqualTo("r");
        assertThat(job.extract(2)).isEqualTo("dm");
        assertThat(job.extract(3)).isEqualTo("dm");
        assertThat(job.extract(4)).isEqualTo("hot-backup start server=fromprod");
        assertThat(job.extract(7)).as("start date, day 0 is 31 Dec 1967").isEqualTo("21510");
        assertThat(job.extract(8)).isEqualTo("36000");
        assertThat(job.extract(12)).isEqualTo(Long.toString(pib));
        assertThat(job.extract(15)).isEmpty();
        assertThat(phantomOnDisk()).contains(new Phantom(ID_OF_NOW, pib, PID));
        assertThat(jobs.latest(1)).singleElement().asString().contains("r  PIB " + pib, "PID " + PID);

        assertThat(server.thread().stop(PATIENCE)).isTrue();
        job = kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow();
        assertThat(job.extract(1)).isEqualTo("c");
        assertThat(job.extract(15)).isEqualTo("21510");
        assertThat(job.extract(16)).isEqualTo("36000");
        assertThat(phantomOnDisk()).isEmpty();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.pib()).isZero();
        assertThat(said()).doesNotContain(MessageCode.TERMINATED_ABNORMALLY.text());
    }

    @Test
    @Tag("HB-171")
    void shouldBeLoggedOffWithItsNode() throws InterruptedException {
        phantoms.start(server, Heartbeat::new);
        phantoms.logOff();
        assertThat(server.thread().stop(PATIENCE)).isTrue();

        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("l");
    }

    @Test
    @Tag("HB-144")
    @Tag("HB-145")
    void shouldSayHowFarItsStartCame() throws InterruptedException {
        phantoms.start(server, Heartbeat::new);

        assertThat(said())
                .containsExactly(
                        "Waiting for server 'fromprod' to start",
                        "Waiting for server 'fromprod' to initialize",
                        "Server 'fromprod' started");
        assertThat(server.thread().stop(PATIENCE)).isTrue();
    }

    @Test
    @Tag("HB-142")
    void shouldSayThatAServerDiedAndStartItAgain() throws InterruptedException {
        Heartbeat dying = new Heartbeat();
        ThreadFactory quiet = work -> {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((t, e) -> {});
            return thread;
        };
        Phantoms phantomsOfNode = new Phantoms(jobs, records, quiet, PID);
        phantomsOfNode.start(server, () -> dying);
        dying.stepped.await();
        dying.dies = true;
        ServerThread dead = server.thread();
        dead.wake();
        while (dead.isRunning()) {
            Thread.onSpinWait();
        }

        assertThat(dying.closed).isTrue();
        assertThat(said()).last().isEqualTo("Terminated abormally");
        assertThat(server.isRunning()).isFalse();
        assertThat(server.figures().status()).isEqualTo(ServerStatus.STOPPED);
        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("e");
        assertThat(phantomOnDisk()).isEmpty();

        OperationReceipt again = phantomsOfNode.start(server, Heartbeat::new);
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(server.isRunning()).isTrue();
        assertThat(server.thread().stop(PATIENCE)).isTrue();
    }

    /** The node was killed: the record and the job say that the server runs, and the process is gone. */
    @Test
    @Tag("HB-141")
    @Tag("HB-142")
    void shouldFindOutThatAServerWasKilledWithItsNode() throws InterruptedException {
        phantoms.start(server, Heartbeat::new);
        long pib = server.pib();
        DynamicArray recordOfTheKilled =
                kept.item(SystemPaths.DEFINITIONS, "fromprod").orElseThrow();
        DynamicArray jobOfTheKilled = kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow();
        assertThat(server.thread().stop(PATIENCE)).isTrue();
        kept.files().write(SystemPaths.DEFINITIONS, ItemId.of("fromprod"), recordOfTheKilled.bytes());
        kept.files().write(SystemPaths.JOBS, ItemId.of(ID_OF_NOW), jobOfTheKilled.bytes());

        ReplicationServer read = onlyRecord();
        assertThat(read.phantom()).contains(new Phantom(ID_OF_NOW, pib, PID));
        assertThat(read.isRunning()).isFalse();
        phantoms.found(read, false);

        assertThat(said()).endsWith("Not a phantom. Running on PIB " + pib + ". PID " + PID, "Terminated abormally");
        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("e");
        assertThat(phantomOnDisk()).isEmpty();
        assertThat(phantoms.start(read, Heartbeat::new).outcome()).isEqualTo(Outcome.DONE);
        assertThat(read.thread().stop(PATIENCE)).isTrue();
    }

    /** A node that was told to stop has no database any more when its servers end. */
    @Test
    @Tag("HB-142")
    void shouldNotCallAServerKilledThatEndedWithItsNodeInOrder() throws Exception {
        phantoms.start(server, Heartbeat::new);
        DynamicArray recordOfTheStopped =
                kept.item(SystemPaths.DEFINITIONS, "fromprod").orElseThrow();
        DynamicArray jobOfTheStopped = kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow();
        assertThat(server.thread().stop(PATIENCE)).isTrue();
        kept.files().write(SystemPaths.DEFINITIONS, ItemId.of("fromprod"), recordOfTheStopped.bytes());
        kept.files().write(SystemPaths.JOBS, ItemId.of(ID_OF_NOW), jobOfTheStopped.bytes());
        int saidBefore = said().size();

        phantoms.found(onlyRecord(), true);

        assertThat(said()).hasSize(saidBefore);
        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("l");
        assertThat(phantomOnDisk()).isEmpty();
    }

    /** What cannot be written down stays as it was: the record says that it runs, the server does not. */
    @Test
    @Tag("HB-141")
    void shouldKnowTheDifferenceWhenTheEndCannotBeWrittenDown() throws InterruptedException {
        phantoms.start(server, Heartbeat::new);
        long pib = server.pib();
        kept.full(true);
        assertThat(server.thread().stop(PATIENCE)).isTrue();

        assertThat(server.isRunning()).isFalse();
        assertThat(server.phantom()).contains(new Phantom(ID_OF_NOW, pib, PID));
        kept.full(false);
        assertThat(phantoms.start(server, Heartbeat::new).outcome()).isEqualTo(Outcome.DONE);
        assertThat(server.thread().stop(PATIENCE)).isTrue();
    }

    @Test
    @Tag("HB-146")
    void shouldSayThatThereIsNoPhantomForIt() {
        Phantoms none = new Phantoms(jobs, records, work -> null, PID);
        OperationReceipt receipt = none.start(server, Heartbeat::new);

        assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(receipt.message()).isEqualTo("FAILED: Cannot start phantom process");
        assertThat(said()).last().isEqualTo("FAILED: Cannot start phantom process");
        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("e");
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    @Tag("HB-147")
    void shouldSayWhyAServerCouldNotBeInitialized() {
        OperationReceipt receipt = phantoms.start(server, () -> {
            throw new LinkDownException(MessageCode.BIND_FAILED.text(2000, "Address already in use"));
        });

        assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(receipt.messageId()).isEqualTo(MessageCode.START_FAILED.id());
        assertThat(receipt.message())
                .startsWith("FAILED: Server 'fromprod' encountered an error and stopped: BIND: TCP port 2000");
        List<String> said = said();
        assertThat(said).last().isEqualTo("FAILED: Server 'fromprod' encountered an error and stopped");
        assertThat(said.get(said.size() - 2)).contains("BIND: TCP port 2000", "change the port on BOTH sides");
        assertThat(server.isRunning()).isFalse();
        assertThat(phantomOnDisk()).isEmpty();
        assertThat(kept.item(SystemPaths.JOBS, ID_OF_NOW).orElseThrow().extract(1))
                .isEqualTo("e");
    }

    /** A master that does not start because the disk is full never sends what fills it (R1). */
    @Test
    @Tag("HB-072")
    void shouldStartAndEndThoughTheDiskIsFullAndWriteItDownWhenThereIsRoom() throws InterruptedException {
        kept.full(true);
        OperationReceipt receipt = phantoms.start(server, Heartbeat::new);

        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
        assertThat(server.isRunning()).isTrue();
        assertThat(said())
                .filteredOn(line -> line.contains("cannot be written now"))
                .singleElement()
                .asString()
                .contains("The record of server 'fromprod'", "free some space");
        server.keepUnkept(records::keep);
        assertThat(phantomOnDisk()).isEmpty();

        kept.full(false);
        server.keepUnkept(records::keep);
        assertThat(phantomOnDisk()).contains(new Phantom(ID_OF_NOW, server.pib(), PID));

        kept.full(true);
        assertThat(server.thread().stop(PATIENCE)).isTrue();
        kept.full(false);
        server.keepUnkept(records::keep);
        assertThat(phantomOnDisk()).isEmpty();
    }

    @Test
    @Tag("HB-171")
    void shouldCloseTheJobsOfAProcessThatIsGoneAndKeepTheLatest() {
        for (int i = 0; i < Jobs.KEPT + 10; i++) {
            kept.put(SystemPaths.JOBS, String.format("21509%05dA", i), i % 2 == 0 ? "c" : "r", "dm", "dm", "x");
        }
        jobs.begin();

        assertThat(kept.ids(SystemPaths.JOBS)).hasSize(Jobs.KEPT).doesNotContain("2150900009A");
        assertThat(kept.item(SystemPaths.JOBS, "2150900011A").orElseThrow().extract(1))
                .isEqualTo("e");
        assertThat(kept.item(SystemPaths.JOBS, "2150900012A").orElseThrow().extract(1))
                .isEqualTo("c");
    }

    @Test
    @Tag("HB-171")
    void shouldTellTwoJobsOfOneSecondApart() {
        String first = jobs.queue("one");
        String second = jobs.queue("two");

        assertThat(List.of(first, second)).containsExactly("2151036000A", "2151036000B");
        assertThat(jobs.latest(5)).hasSize(2).first().asString().contains("q", "two");
    }

    /** One record of each kind of damage; the good ones among them are read all the same. */
    @Test
    @Tag("HB-148")
    void shouldReadTheOtherRecordsWhenSomeAreCorrupt() {
        kept.put(
                SystemPaths.DEFINITIONS,
                "todev",
                "master",
                "host",
                "2000",
                "",
                "",
                "300",
                "0",
                "",
                "",
                "",
                "",
                "1",
                "",
                "x");
        kept.put(SystemPaths.DEFINITIONS, "toboss", "boss", "host", "2000");
        kept.put(SystemPaths.DEFINITIONS, "tonobody", "");
        kept.put(SystemPaths.DEFINITIONS, "bad name", "slave", "", "2000");
        kept.put(SystemPaths.DEFINITIONS, "wild", "slave", "", "4711\u0000");
        List<String> usable = new ArrayList<>();

        assertThat(records.read(definition -> usable.add(definition.name())))
                .containsOnlyKeys("todev", "toboss", "tonobody", "bad name", "wild")
                .containsEntry("todev", "Attribute 14 is not a number.")
                .containsEntry("toboss", "'boss' is not valid for Server type; give master or slave.")
                .allSatisfy((name, reason) -> assertThat(reason).endsWith("."));
        assertThat(usable).containsExactly("fromprod");
    }

    @Test
    @Tag("HB-050")
    void shouldKeepEverythingOfADefinitionInItsRecord() {
        ServerDefinition definition = ServerDefinition.of(
                        "todev",
                        ServerSettings.parse("type=master host=standby port=2000 comments=\"to the standby\""),
                        17)
                .withStarted(true)
                .withMaster("a node")
                .withMasterServer("toprod")
                .withPhantom(Optional.of(new Phantom("2151036000A", 12, 99)));

        assertThat(ServerDefinition.ofItem("todev", definition.toItem())).isEqualTo(definition);
        assertThatThrownBy(() -> ServerDefinition.ofItem("todev", new byte[] {(byte) 0xC3}))
                .isInstanceOf(RuntimeException.class);
    }

    private Optional<Phantom> phantomOnDisk() {
        return onlyRecord().phantom();
    }

    private ReplicationServer onlyRecord() {
        List<ReplicationServer> read = new ArrayList<>();
        assertThat(records.read(definition -> read.add(new ReplicationServer(definition, log, NOBODY, CLOCK))))
                .isEmpty();
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    private List<String> said() {
        List<String> said = new ArrayList<>(server.lastMessages(50).stream()
                .map(line -> line.substring(line.indexOf("  ") + 2))
                .toList());
        Collections.reverse(said);
        return said;
    }
}
