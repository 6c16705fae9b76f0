package org.hotbackup.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order two nodes are asked, and what is not asked any more when something is in the way. */
class NodeResyncTest {

    private static final OperationReceipt OK = new OperationReceipt(Outcome.DONE, "HB0", "done");

    private final List<String> asked = new ArrayList<>();
    private final Node master = new Node("prod", "todev", "Master");
    private final Node slave = new Node("standby", "fromprod", "Slave");
    private Optional<String> server = Optional.empty();
    private List<String> units = List.of();
    private List<String> wanted = List.of();
    private final List<String> restored = new ArrayList<>();
    private String unfinished = "";
    private boolean anew;
    private boolean proofOnly;
    private boolean toBeProved;
    private boolean masterRuns = true;

    /** A node whose beans answer what they are told to, and write down which operations they were asked for. */
    private final class Node {

        private final String name;
        final Map<String, Function<Object[], Object>> answers = new HashMap<>();

        Node(String name, String server, String type) {
            this.name = name;
            answer("node.getName", () -> name);
            answer("node.getNodeId", () -> "id of " + name);
            answer("node.getServerNames", () -> List.of(server));
            answer("node.getDiskFreeBytes", () -> 2L << 30);
            answer("node.getDiskReserveBytes", () -> 1L << 30);
            answer("server.getServerType", () -> type);
            answer("server.getPeerNodeId", () -> "");
            answer("server.getTcpPort", () -> 24000);
            answer("server.getSettings", () -> "type=master host=there port=24000");
            answer("server.getPromotion", () -> "");
            answer("server.getRefusal", () -> "");
            answer("server.isRunning", () -> true);
            answer("security.usersText", () -> "");
            answer("transactionLogQueue.isEnqueuing", () -> true);
            answer("transactionLogQueue.getLastLsn", () -> 100L);
            answer("transactionLogQueue.list", List::of);
            answer("tasks.list", List::of);
            answer("tapeSocket.getServerNames", List::of);
            answer("tapeServer.getRefusal", () -> "");
            answer("resync.getHolder", () -> "");
            answer("resync.getHolderSilentMillis", () -> -1L);
            answer("resync.holds", () -> true);
        }

        Node answer(String question, Supplier<?> answer) {
            answers.put(question, arguments -> answer.get());
            return this;
        }

        ControlDirectory controls() {
            return proxy(
                    ControlDirectory.class,
                    (proxy, method, arguments) -> proxy(
                            method.getReturnType(),
                            (bean, question, values) -> ask(method.getName(), question, values)));
        }

        private Object ask(String bean, Method question, Object... values) {
            String full = bean + "." + question.getName();
            Object[] given = values == null ? new Object[0] : values;
            if (question.getReturnType() == OperationReceipt.class) {
                asked.add(name + " " + full + (given.length == 0 ? "" : " " + given[0]));
            }
            Function<Object[], Object> answer = answers.get(full);
            if (answer == null && question.getReturnType() == OperationReceipt.class) {
                return OK;
            }
            assertThat(answer).as(full).isNotNull();
            return answer.apply(given);
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    private static final class Silent implements ResyncWatch {

        private long now;

        @Override
        public void say(String line) {
            // nobody listens
        }

        @Override
        public void progress(String line) {
            // nobody listens
        }

        @Override
        public void pause() {
            now += 1_000;
        }

        @Override
        public long millis() {
            return now;
        }
    }

    @BeforeEach
    void haveTwoNodes() {
        master.answer("node.getAccounts", () -> List.of("dm", "sales"));
        slave.answer("node.getAccounts", () -> List.of("dm", "old", "sales"));
        master.answer("security.certificates", () -> List.of(trusted("id of standby")));
        slave.answer("security.certificates", () -> List.of(trusted("id of prod")));
        slave.answer("resync.getServer", () -> unfinished);
        slave.answer("resync.getWanted", () -> wanted);
        slave.answer("resync.getRestored", () -> List.copyOf(restored));
        slave.answer("resync.getRestoredBytes", () -> 4_711L);
        slave.answer("resync.getNotedLsn", () -> 90L);
        slave.answer("resync.isAnew", () -> anew);
        slave.answer("resync.isToBeProved", () -> toBeProved);
        slave.answers.put("resync.begin", given -> {
            unfinished = (String) given[0];
            toBeProved = false;
            wanted = Arrays.asList(((String) given[1]).split(" "));
            anew = (Boolean) given[3];
            return OK;
        });
        slave.answers.put("resync.receive", given -> {
            restored.add((String) given[0]);
            return OK;
        });
        master.answer("server.isRunning", () -> masterRuns);
        master.answer("server.stop", () -> runs(false));
        master.answer("server.start", () -> runs(true));
        List<String> states = new ArrayList<>(List.of("stopped", "verifying", "done"));
        master.answer("verification.getState", () -> states.size() > 1 ? states.remove(0) : states.get(0));
        master.answer("verification.getFiles", () -> 2);
        master.answer("verification.getFilesDone", () -> 1);
        master.answer("verification.getTrouble", () -> "");
        master.answer("verification.getItemsDifferent", () -> 3L);
        proofIs("equal");
    }

    /** The other command has its tapes by the same names. */
    @Test
    void shouldLeaveTheTapesOfWhomTookItsPlace() {
        slave.answer("resync.holds", () -> false);
        slave.answers.put(
                "resync.receive", given -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "tape:rsyncin:1"));
        slave.answer("tasks.receipt", () -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "t"));
        master.answer("tasks.receipt", () -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "t"));
        List<String> servers = new ArrayList<>();
        slave.answer("tapeSocket.getServerNames", () -> List.copyOf(servers));
        slave.answer("tapeSocket.setup", () -> {
            servers.add("rsyncin");
            return OK;
        });

        assertThatThrownBy(this::run).hasMessageContaining("Node 'standby' heard nothing of this resync");
        assertThat(asked(".*tapeSocket.deleteServer.*")).isEmpty();
    }

    private OperationReceipt runs(boolean now) {
        masterRuns = now;
        return OK;
    }

    private void proofIs(String finding) {
        master.answers.put(
                "verification.files",
                given -> given[0].equals("")
                        ? List.of(new VerifiedFile("sales,orders", finding, 120, "", 1, 1, 1, 0))
                        : List.of());
    }

    private static NodeCertificate trusted(String nodeId) {
        return new NodeCertificate("peer", nodeId, "", "", 100);
    }

    private NodeResync resync() {
        ResyncRequest request = new ResyncRequest(units, server, 3002, Optional.empty(), 50, "test", proofOnly, "here");
        return new NodeResync(master.controls(), slave.controls(), request, new Silent());
    }

    private ResyncResult run() {
        NodeResync resync = resync();
        resync.check();
        return resync.run("standby");
    }

    private static OperationReceipt refused(String message) {
        return new OperationReceipt(Outcome.REFUSED, "HB1", message);
    }

    private List<String> asked(String pattern) {
        return asked.stream().filter(one -> one.matches(pattern)).toList();
    }

    @Test
    void shouldHaveThePositionBeforeAnythingIsSaved() {
        ResyncResult result = run();

        assertThat(asked("(standby|prod) (resync|server)\\.(?!hold|release).*|.*prove.*|prod tapeServer.start.*"))
                .containsExactly(
                        "standby resync.begin fromprod",
                        "prod server.stop todev",
                        "standby resync.beginAnew fromprod",
                        "prod resync.beginAnew todev",
                        "prod server.start",
                        "standby resync.begin fromprod",
                        "standby resync.remove old",
                        "prod tapeServer.start s",
                        "standby resync.receive dm",
                        "prod resync.send dm",
                        "standby resync.receive sales",
                        "prod resync.send sales",
                        "standby resync.end 100",
                        "prod verification.prove ",
                        "standby resync.proved fromprod");
        assertThat(result.restored()).containsExactly("dm", "sales");
        assertThat(result.removed()).containsExactly("old");
        assertThat(List.of(result.notedLsn(), result.savedLsn(), result.provedLsn()))
                .containsExactly(90L, 100L, 120L);
    }

    @Test
    void shouldGoOnWithWhatIsMissing() {
        unfinished = "fromprod";
        wanted = List.of("dm", "sales");
        restored.add("dm");

        run();

        assertThat(asked("standby resync.receive.*")).containsExactly("standby resync.receive sales");
        assertThat(asked(".*beginAnew.*")).isEmpty();
    }

    @Test
    void shouldLeaveThePositionAndOtherAccountsWhereOnlySomeAreWanted() {
        units = List.of("sales");

        run();

        assertThat(asked(".*(beginAnew|remove).*")).isEmpty();
        assertThat(asked("prod .*prove.*")).containsExactly("prod verification.prove sales");
    }

    private void havingRestoredAll() {
        unfinished = "fromprod";
        wanted = List.of("dm", "sales");
        restored.addAll(wanted);
        toBeProved = true;
    }

    @Test
    void shouldGoOnAtTheProofIfThatIsAllThatIsMissing() {
        havingRestoredAll();

        ResyncResult result = run();

        assertThat(asked("(?!.*(hold|release)).*"))
                .containsExactly(
                        "standby resync.end 100", "prod verification.prove ", "standby resync.proved fromprod");
        assertThat(result.restored()).containsExactly("dm", "sales");
        assertThat(result.notedLsn()).isEqualTo(90);
    }

    @Test
    void shouldCarryNothingIfOnlyAProofIsWanted() {
        proofOnly = true;
        units = List.of("sales");

        run();

        assertThat(asked("(?!.*(hold|release)).*"))
                .containsExactly("prod verification.prove sales", "standby resync.proved fromprod");

        unfinished = "fromprod";
        assertThatThrownBy(this::run).hasMessageContaining("is being made anew, and that has not come to its end");
    }

    @Test
    void shouldRestoreAllAnewIfTheProofIsOfSomethingElseOrCannotBeMade() {
        havingRestoredAll();
        wanted = List.of("sales");
        run();
        assertThat(asked("standby resync.begin .*")).isNotEmpty();

        asked.clear();
        havingRestoredAll();
        master.answer(
                "server.getRefusal", () -> asked("prod resync.beginAnew.*").isEmpty() ? "behind" : "");
        run();
        assertThat(asked("standby resync.begin .*")).isNotEmpty();
    }

    @Test
    void shouldRefuseASecondOneAsLongAsTheFirstIsHeardOf() {
        List<Long> silences = new ArrayList<>(List.of(400L, 600L, 100L));
        master.answer("resync.getHolder", () -> "user ann, process 1 on there, since noon");
        master.answer("resync.getHolderSilentMillis", () -> silences.remove(0));

        assertThatThrownBy(this::run)
                .hasMessageContaining("works on node 'prod': user ann, process 1 on there, since noon")
                .hasMessageContaining("Wait until it has ended")
                .hasMessageContaining("--abandon");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldGoOnWhereTheFirstWasKilled() {
        List<Long> silences = new ArrayList<>(List.of(4_000L, 4_500L, -1L));
        slave.answer("resync.getHolder", () -> silences.isEmpty() ? "" : "user ann, process 1 on there, since noon");
        slave.answer("resync.getHolderSilentMillis", () -> silences.isEmpty() ? -1L : silences.remove(0));

        assertThat(run().restored()).containsExactly("dm", "sales");
        assertThat(asked("standby resync.(hold|release) .*")).hasSize(2);
    }

    @Test
    void shouldHoldNeitherNodeIfOneIsTaken() {
        master.answer("resync.hold", () -> refused("Another resync works."));

        assertThatThrownBy(this::run).hasMessageContaining("Another resync works.");
        assertThat(asked("standby .*")).allMatch(one -> one.matches("standby resync.(hold|release) .*"));
        assertThat(asked("standby resync.release .*")).hasSize(1);
    }

    @Test
    void shouldSayThatItWasGivenUpMeanwhile() {
        slave.answers.put("resync.receive", given -> {
            unfinished = "";
            return refused("Cancelled.");
        });

        assertThatThrownBy(this::run)
                .hasMessageContaining("given up meanwhile")
                .hasMessageContaining("hot-backup resync --master prod --slave standby begins anew");
    }

    @Test
    void shouldCancelTheOtherSideWhereOneFails() {
        slave.answers.put(
                "resync.receive", given -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "tape:rsyncin:1"));
        master.answers.put(
                "resync.send", given -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "tape:rsyncout:1"));
        slave.answer("tasks.receipt", () -> refused("The disk is full."));
        master.answer("tasks.receipt", () -> new OperationReceipt(Outcome.ACCEPTED, "HB0", "begun", "t"));

        assertThatThrownBy(this::run)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("The disk is full.")
                .hasMessageContaining("hot-backup resync --master prod --slave standby");
        assertThat(asked("standby resync.end")).isEmpty();
    }

    @Test
    void shouldNotCallEqualWhatIsNot() {
        proofIs("different");

        assertThatThrownBy(this::run).hasMessageContaining("not proved to be the image");
        // what an earlier one left half made is not whole by that
        assertThat(asked("standby resync.(proved|abandon).*")).containsExactly("standby resync.abandon fromprod");
    }

    /** It once said that the pair was not set up. */
    @Test
    void shouldSayWhichServersThereAreIfOneIsNamedThatIsNot() {
        server = Optional.of("nope");
        assertThatThrownBy(this::run)
                .hasMessageContaining("no master server 'nope' of node 'prod'")
                .hasMessageContaining("there is: todev.");
        slave.answer("server.getTcpPort", () -> 24001);
        assertThatThrownBy(this::run).hasMessageContaining("set them up first");
    }

    /** It once waited for ever for a node that had been killed. */
    @Test
    void shouldNotWaitForASlaveThatIsGone() {
        proofIs("equal");
        master.answer("verification.getState", () -> "verifying");
        master.answer("verification.getFilesDone", () -> 5);
        master.answer("verification.getFiles", () -> 10);
        master.answer("verification.getTrouble", () -> {
            slave.answer("node.getName", () -> {
                throw new UncheckedIOException(new EOFException());
            });
            return "nothing is acknowledged";
        });
        NodeResync resync = resync();
        resync.check();

        assertThat(resync.interrupted()).contains("stays stopped");
        assertThatThrownBy(() -> resync.run("standby"))
                .hasMessageContaining("Node 'standby' does not answer any more")
                .hasMessageContaining("The slave server goes on in the log; give the same command again");
        assertThat(resync.interrupted()).contains("hot-backup verify status server=todev --node prod");
    }

    @Test
    void shouldRefuseBeforeAnythingIsTouched() {
        units = List.of("nobody");
        assertThatThrownBy(this::run).hasMessageContaining("nobody");
        units = List.of("sales");
        master.answer("server.getRefusal", () -> "Refused: the slave stands behind.");
        assertThatThrownBy(this::run).hasMessageContaining("leave --account and --file out");
        units = List.of();
        slave.answer("security.certificates", List::of);
        assertThatThrownBy(this::run).hasMessageContaining("Node 'standby' does not trust node 'prod'");
        slave.answer("node.getDiskFreeBytes", () -> 0L);
        assertThatThrownBy(this::run).hasMessageContaining("Node 'standby' has only 0 MB left");
        slave.answer("server.getTcpPort", () -> 24001);
        assertThatThrownBy(this::run).hasMessageContaining("set them up first");
        slave.answer("node.getNodeId", () -> "id of prod");
        assertThatThrownBy(this::run).hasMessageContaining("name two nodes");

        assertThat(asked).isEmpty();
    }

    private OperationReceipt abandon(Optional<ControlDirectory> of) {
        slave.answer("tapeServer.isRunning", () -> false);
        master.answer("tapeServer.isRunning", () -> false);
        return AbandonedResync.abandon(of, slave.controls(), "fromprod", "no time", new Silent());
    }

    @Test
    void shouldLeaveNothingOfItsTapesWhereItIsGivenUp() {
        for (Node node : List.of(master, slave)) {
            List<String> servers = new ArrayList<>(List.of("rsyncin", "rsyncout", "others"));
            node.answer("tapeSocket.getServerNames", () -> List.copyOf(servers));
            node.answers.put("tapeSocket.deleteServer", given -> {
                servers.remove((String) given[0]);
                return OK;
            });
        }

        OperationReceipt ofOne = abandon(Optional.empty());
        OperationReceipt ofBoth = abandon(Optional.of(master.controls()));

        assertThat(ofOne.message())
                .startsWith("done")
                .contains("left on node standby.")
                .contains("hot-backup resync --abandon --master NODE --slave standby");
        assertThat(ofBoth.message()).endsWith("left on node prod, standby.");
        assertThat(asked(".*deleteServer.*"))
                .containsExactly("standby tapeSocket.deleteServer rsyncin", "prod tapeSocket.deleteServer rsyncout");
    }

    @Test
    void shouldRemoveTapesOfOneThatWasGivenUpBeforeAndOtherwiseDoNothing() {
        OperationReceipt none = new OperationReceipt(Outcome.REFUSED, MessageCode.RESYNC_NONE.id(), "No image");
        slave.answer("resync.abandon", () -> none);
        assertThat(abandon(Optional.of(master.controls()))).isEqualTo(none);

        List<String> servers = new ArrayList<>(List.of("rsyncout"));
        master.answer("tapeSocket.getServerNames", () -> List.copyOf(servers));
        master.answer("tapeSocket.deleteServer", () -> {
            servers.clear();
            return OK;
        });
        OperationReceipt removed = abandon(Optional.of(master.controls()));
        assertThat(removed.outcome()).isEqualTo(Outcome.DONE);
        assertThat(removed.message()).isEqualTo("Nothing of its tapes is left on node prod.");

        asked.clear();
        slave.answer("resync.getHolder", () -> "user ann");
        assertThat(abandon(Optional.of(master.controls()))).isEqualTo(none);
        slave.answer("resync.abandon", () -> refused("Give the name."));
        assertThat(abandon(Optional.of(master.controls())).message()).isEqualTo("Give the name.");
        assertThat(asked).allMatch("standby resync.abandon fromprod"::equals);
    }

    @Test
    void shouldSayWhatIsOverwritten() {
        assertThat(resync().check()).contains("all accounts").contains("removed: old");
    }
}
