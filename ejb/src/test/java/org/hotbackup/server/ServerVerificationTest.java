package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.server.VerificationRecords.Phase;
import org.hotbackup.server.VerificationRecords.State;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.ComparedStore;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.RangeComparison;
import org.hotbackup.verify.RangeRequest;
import org.hotbackup.verify.RangeSum;
import org.hotbackup.verify.Repair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Comparing and repairing on a thread of its own: a slave in memory that answers at once. */
@Timeout(60)
class ServerVerificationTest {

    private static final Logger MESSAGES = Logger.getLogger("org.hotbackup.server");
    private static final FilePath MD = FilePath.masterDictionary("world");
    private static final FilePath DICTIONARY = FilePath.dictionary("world", "a");
    private static final FilePath A = FilePath.data("world", "a");

    @BeforeAll
    static void keepMessagesQuiet() {
        MESSAGES.setLevel(Level.OFF);
    }

    @AfterAll
    static void sayMessagesAgain() {
        MESSAGES.setLevel(null);
    }

    private final NoticeBoard nobody = new NoticeBoard((user, notice) -> {});
    private final FilesInMemory files = new FilesInMemory();
    private final VerificationRecords records = new VerificationRecords(files.files(), "todev");
    private final PermanentLog log = new PermanentLog(files.files(), Clock.systemUTC(), Thread::new);
    private final ReplicationServer server = new ReplicationServer(
            ServerDefinition.of("todev", ServerSettings.parse("type=master host=a port=2000"), 0),
            log,
            nobody,
            Clock.systemUTC());
    private final Map<FilePath, Map<String, String>> master = new ConcurrentHashMap<>();
    private final Map<FilePath, Map<String, String>> slave = new ConcurrentHashMap<>();
    private final List<FilePath> definitions = new CopyOnWriteArrayList<>();
    private final List<FilePath> pointers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long lsn;
    private volatile boolean away;

    private final ComparedStore store = new ComparedStore() {
        @Override
        public List<FilePath> files() {
            return List.copyOf(new TreeSet<>(master.keySet()));
        }

        @Override
        public Optional<Said> say(FilePath file, RangeRequest request, long patienceMillis) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            if (!master.containsKey(file)) {
                return Optional.empty();
            }
            RangeSum sum = new RangeSum();
            new TreeMap<>(master.get(file)).forEach((id, body) -> sum.add(ItemId.of(id), bytes(body)));
            RangeCheck check = new RangeCheck(
                    request.number(),
                    Optional.empty(),
                    Optional.empty(),
                    sum.items(),
                    sum.bytes(),
                    sum.digest(),
                    request.detail() ? Optional.of(detail(master.get(file))) : Optional.empty());
            server.report(compared(file, check));
            return Optional.of(new Said(++lsn, check, 1_000));
        }

        @Override
        public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
            return after.isPresent()
                    ? List.of()
                    : new TreeSet<>(master.get(file).keySet())
                            .stream().map(ItemId::of).toList();
        }

        @Override
        public int resend(FilePath file, List<ItemId> ids) {
            for (ItemId id : ids) {
                String body = master.get(file).get(id.toString());
                if (body == null) {
                    slave.get(file).remove(id.toString());
                } else {
                    slave.get(file).put(id.toString(), body);
                }
            }
            return ids.size();
        }

        @Override
        public boolean resendDefinition(FilePath file) {
            definitions.add(file);
            slave.keySet().removeIf(section -> Repair.isMadeAnewWith(file, section));
            slave.put(file, new ConcurrentHashMap<>());
            return true;
        }

        @Override
        public void resendPointer(FilePath file) {
            assertThat(slave).as("all of it is there before").isEqualTo(master);
            pointers.add(file);
        }
    };

    private static TreeMap<ItemId, ItemSum> detail(Map<String, String> items) {
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>();
        items.forEach((id, body) -> detail.put(ItemId.of(id), RangeSum.of(bytes(body))));
        return detail;
    }

    private CheckReport compared(FilePath file, RangeCheck check) {
        if (!slave.containsKey(file)) {
            return CheckReport.of(check.number(), Finding.NO_FILE);
        }
        RangeComparison comparison = new RangeComparison(check);
        new TreeMap<>(slave.get(file)).forEach((id, body) -> comparison.add(ItemId.of(id), bytes(body)));
        return comparison.report();
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static void fill(Map<FilePath, Map<String, String>> side) {
        for (FilePath file : List.of(MD, DICTIONARY, A)) {
            side.put(file, new ConcurrentHashMap<>(Map.of("one", "1", "two", "2")));
        }
    }

    private ServerVerification verification() {
        return new ServerVerification(server, store, records, task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
    }

    private void awaitEnd() throws InterruptedException {
        threads.get(threads.size() - 1).join();
    }

    private FileResult.Finding finding(FilePath file) {
        return records.result(file).orElseThrow().finding();
    }

    private List<String> said() {
        return log.latest("todev", 20);
    }

    @Test
    void shouldMakeAnewWhatIsStillMissingAndSendEverythingInIt() throws Exception {
        fill(master);
        ServerVerification verification = verification();
        verification.start(100, 1);
        awaitEnd();
        assertThat(finding(MD)).isEqualTo(FileResult.Finding.MISSING);

        verification.repair("todev");
        awaitEnd();

        assertThat(definitions).containsExactly(MD, DICTIONARY, A);
        assertThat(slave).isEqualTo(master);
        assertThat(records.results()).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
        assertThat(said().get(0)).contains(MessageCode.VERIFY_EQUAL.text(3, lsn - 2));
    }

    @Test
    void shouldSayWhatItIsAndWhatCameOfIt() throws Exception {
        fill(master);
        ServerVerification verification = verification();
        assertThat(verification.result()).isEmpty();
        assertThat(verification.launchedAtMillis()).isZero();

        assertThat(verification.start(100, 1).outcome()).isEqualTo(OperationReceipt.Outcome.ACCEPTED);
        awaitEnd();
        assertThat(verification.kind()).isEqualTo("verification");
        assertThat(verification.result()).isEqualTo(MessageCode.VERIFY_DIFFERENT.text(3, 0));
        assertThat(verification.launchedAtMillis()).isPositive();

        verification.repair("todev");
        awaitEnd();
        assertThat(verification.kind()).isEqualTo("repair");

        slave.clear();
        verification.resync(100, "todev");
        awaitEnd();
        assertThat(verification.kind()).isEqualTo("resync");
        assertThat(verification.result()).startsWith("Master and slave are equal: 3 files");
        assertThat(verification.isStopped()).isFalse();
    }

    /** Engine review, finding 10 b: it had come since, and was deleted with everything in it. */
    @Test
    void shouldNotMakeAnewWhatHasComeSince() throws Exception {
        fill(master);
        ServerVerification verification = verification();
        verification.start(100, 1);
        awaitEnd();
        fill(slave);
        slave.get(A).put("two", "tampered");
        slave.get(A).put("three", "only here");

        verification.repair("todev");
        awaitEnd();

        assertThat(definitions).isEmpty();
        assertThat(slave).isEqualTo(master);
        assertThat(records.results()).hasSize(3).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
    }

    /** Engine review, finding 10 b: with the account the slave loses files that were found equal. */
    @Test
    void shouldCompareAfterARepairWhateverItMadeAnew() throws Exception {
        fill(master);
        fill(slave);
        slave.remove(MD);
        ServerVerification verification = verification();
        verification.start(100, 1);
        awaitEnd();
        assertThat(finding(A)).isEqualTo(FileResult.Finding.EQUAL);

        verification.repair("todev");
        awaitEnd();

        assertThat(definitions).containsExactly(MD, DICTIONARY, A);
        assertThat(slave).isEqualTo(master);
        assertThat(records.results()).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
        assertThat(records.done()).contains(MD, DICTIONARY, A);
    }

    /** Review by requirements, finding c7: a bridge was dropped that led to a file which came after its own. */
    @Test
    void shouldSendTheDPointersOfWhatItSentOnceMoreBehindAllOfIt() throws Exception {
        fill(master);
        fill(slave);
        slave.remove(DICTIONARY);
        slave.remove(A);
        ServerVerification verification = verification();
        verification.start(100, 1);
        awaitEnd();

        verification.repair("todev");
        awaitEnd();

        assertThat(definitions).containsExactly(DICTIONARY, A);
        assertThat(pointers).containsExactly(DICTIONARY, A);
    }

    /** A node that stopped after the account was made anew, before anything in it was sent. */
    @Test
    void shouldGoOnWithARepairThatStoppedInItsMiddle() throws Exception {
        fill(master);
        slave.put(MD, new ConcurrentHashMap<>());
        records.keep(new State(Phase.REPAIRING, 100, 1, 1, "run", Set.of(MD)));
        records.keep(1, result(MD, FileResult.Finding.MISSING));
        records.keep(1, result(A, FileResult.Finding.EQUAL));

        verification().resume();
        awaitEnd();

        assertThat(slave).isEqualTo(master);
        assertThat(definitions).containsExactly(DICTIONARY, A);
        assertThat(records.results()).hasSize(3).allMatch(result -> result.finding() == FileResult.Finding.EQUAL);
    }

    /** An L was taken away and given back: what was found before says nothing of the file now. */
    @Test
    void shouldNotCountAFileThatWasNotComparedInTheRound() throws Exception {
        fill(master);
        fill(slave);
        records.keep(new State(Phase.STOPPED, 100, 1, 1, "earlier", Set.of()));
        FilePath absent = FilePath.data("world", "absent");
        records.keep(1, result(absent, FileResult.Finding.EQUAL));
        ServerVerification verification = verification();
        verification.start(100, 1);
        awaitEnd();

        assertThat(records.results()).extracting(FileResult::file).containsExactly(MD, DICTIONARY, A);
    }

    /** Engine review, finding 3. */
    @Test
    void shouldNotCallAnythingEqualWhileTheDatabaseIsAway() throws Exception {
        fill(master);
        fill(slave);
        slave.get(A).put("two", "tampered");
        away = true;
        ServerVerification verification = verification();
        verification.start(100, 1);
        verification.end();
        assertThat(records.results()).isEmpty();

        away = false;
        verification.resume();
        awaitEnd();
        assertThat(finding(A)).isEqualTo(FileResult.Finding.DIFFERENT);
        assertThat(records.result(DICTIONARY).orElseThrow().items()).isEqualTo(2);
    }

    private static FileResult result(FilePath file, FileResult.Finding finding) {
        return new FileResult(file, finding, 1, 1, 1, 2, 2, List.of(), false);
    }
}
