package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hotbackup.control.Cause;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

/** What the pages ask the control beans for, and what they make of an address. */
class PageViewsTest {

    private final List<String> asked = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /** A bean that answers its calls by name and remembers them with what they were given. */
    private <T> T bean(Class<T> contract, Function<String, Object> answers) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    asked.add(method.getName() + (arguments == null ? List.of() : List.of(arguments)));
                    return answers.apply(method.getName());
                }));
    }

    private <T extends PageView> T view(T view, Map<String, String> given, Map<String, Object> beans) {
        view.given = given;
        view.control = bean(ControlDirectory.class, beans::get);
        view.frame = new Frame() {
            @Override
            public void show(Refusal refusal) {
                refused.add(refusal.getMessage());
            }

            @Override
            public void show(OperationReceipt receipt) {
                throw new AssertionError("these pages only read");
            }
        };
        return view;
    }

    private NodeMXBean node() {
        return bean(NodeMXBean.class, call -> List.of("todev"));
    }

    private ServerMXBean master() {
        return bean(ServerMXBean.class, call -> call.equals("getServerType") ? "Master" : (Object) 7L);
    }

    @Test
    void shouldLookForWhatTheAddressGivesInTheQueueOfTheOnlyMasterServer() {
        QueuePage page = new QueuePage(List.of(new QueueEntry(40, "now", 1, 5, "Upd itm")), 40, true);
        TransactionLogQueueMXBean queue = bean(TransactionLogQueueMXBean.class, call -> page);
        QueueView view = view(
                new QueueView(),
                Map.of("file", " sales,orders ", "item", " 1", "operation", "write", "after", "30", "upTo", "90"),
                Map.of(
                        "node",
                        node(),
                        "server",
                        master(),
                        "transactionLogQueue",
                        queue,
                        "tapeSocket",
                        bean(TapeSocketMXBean.class, call -> List.of())));

        assertThat(view.getEntries()).extracting(ServerRow.EntryRow::getLsn).containsExactly(40L);
        assertThat(view.getReached()).isEqualTo(40);
        assertThat(view.isMore()).isTrue();
        assertThat(view.isFiltered()).isTrue();
        assertThat(asked)
                .contains("find[todev, sales,orders,  1, write, 30, 90, 50]")
                .containsOnlyOnce("find" + "[todev, sales,orders,  1, write, 30, 90, 50]");
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithANumberInTheAddressAndShowNothing() {
        TransactionLogQueueMXBean queue = bean(TransactionLogQueueMXBean.class, call -> null);
        QueueView view = view(
                new QueueView(),
                Map.of("after", "-1"),
                Map.of(
                        "node",
                        node(),
                        "server",
                        master(),
                        "transactionLogQueue",
                        queue,
                        "tapeSocket",
                        bean(TapeSocketMXBean.class, call -> List.of())));

        assertThat(view.getEntries()).isEmpty();
        assertThat(view.isMore()).isFalse();
        assertThat(refused).containsExactly(MessageCode.NOT_A_WHOLE_NUMBER.text("after", "-1"));
    }

    private static LostRecord record(int number, int type, String server) {
        return new LostRecord(
                String.format("%04d", number), type, "meaning", server, number, "write", "why", 3, number, "");
    }

    /** All records, in pages as the bean gives them. */
    private LostAndFoundMXBean lostAndFound(List<LostRecord> records) {
        return (LostAndFoundMXBean) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LostAndFoundMXBean.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("list")) {
                        return (long) records.size();
                    }
                    return records.stream()
                            .filter(record -> record.id().compareTo((String) arguments[0]) > 0)
                            .limit((int) arguments[1])
                            .toList();
                });
    }

    @Test
    void shouldShowTheRecordsOfOneTypeAndServerPageByPage() {
        List<LostRecord> records = IntStream.range(1, 200)
                .mapToObj(i -> record(i, i % 4, i % 2 == 0 ? "one" : "other"))
                .toList();
        Map<String, Object> beans = Map.of("lostAndFound", lostAndFound(records));
        Map<String, String> wanted = Map.of("type", "2", "server", "one", "limit", "30");

        LostAndFoundView first = view(new LostAndFoundView(), wanted, beans);
        Map<String, String> onwards = Map.of("type", "2", "server", "one", "limit", "30", "after", first.getReached());
        LostAndFoundView last = view(new LostAndFoundView(), onwards, beans);

        assertThat(first.getRecords()).hasSize(30).first().isEqualTo(record(2, 2, "one"));
        assertThat(first.isMore()).isTrue();
        assertThat(last.getRecords()).hasSize(20).last().isEqualTo(record(198, 2, "one"));
        assertThat(last.isMore()).isFalse();
    }

    @Test
    void shouldLookAtSomeRecordsAtATimeAndGoOnFromThere() {
        List<LostRecord> records =
                IntStream.range(1, 6_000).mapToObj(i -> record(i, 1, "one")).toList();

        LostAndFoundView view =
                view(new LostAndFoundView(), Map.of("type", "11"), Map.of("lostAndFound", lostAndFound(records)));

        assertThat(view.getRecords()).isEmpty();
        assertThat(view.isMore()).isTrue();
        assertThat(view.getReached()).isEqualTo("5000");
    }

    private static UpdateContent update(int number, int bytes, int shown) {
        return new UpdateContent(number, "write", "sales,orders", "1", new byte[] {'1'}, bytes, 0, new byte[shown]);
    }

    @Test
    void shouldSayWhenAnItemIsCutAndWhenThereMayBeMoreUpdates() {
        LostAndFoundMXBean bean = bean(
                LostAndFoundMXBean.class,
                call -> List.of(update(1, 10, 10), update(2, 70_000, 70_000), update(3, 9, 4)));
        LostRecordView view = view(new LostRecordView(), Map.of("id", "x"), Map.of("lostAndFound", bean));

        assertThat(view.getUpdates()).extracting(ContentRow::isCut).containsExactly(false, true, true);
        assertThat(view.isMore()).as("the last one is not whole").isTrue();
        assertThat(view.getReached()).isEqualTo(3);
    }

    @Test
    void shouldShowTheMarksOrTheHexOfAnItem() {
        UpdateContent update = new UpdateContent(
                1, "write", "sales,orders", "1", new byte[] {'1'}, 3, 0, new byte[] {'a', (byte) 0xFD, 'b'});

        assertThat(new ContentRow(update, false).getBody()).isEqualTo("001 a]b");
        assertThat(new ContentRow(update, true).getBody())
                .isEqualTo(HexDump.lines(update.content()).get(0));
    }

    private LogView log(Map<String, String> given) {
        LogPage page = new LogPage(List.of(new LogMessage("5", "t", "todev", "HB1", "x")), "9", true);
        PermanentLogMXBean log = bean(PermanentLogMXBean.class, call -> call.equals("placeOf") ? "3" : page);
        return view(new LogView(), given, Map.of("permanentLog", log));
    }

    @Test
    void shouldShowTheEndOfTheLogOrWhatTheAddressAsksFor() {
        assertThat(log(Map.of()).getMessages()).hasSize(1);
        log(Map.of("when", "2026-11-21")).getMessages();
        log(Map.of("after", "7")).getMessages();
        log(Map.of("before", "7")).getMessages();
        log(Map.of("text", "lost", "when", "2026-11-21")).getMessages();
        log(Map.of("text", "lost", "after", "9")).getMessages();

        assertThat(asked.stream().filter(call -> !call.startsWith("permanentLog")))
                .containsExactly(
                        "back[, 50]",
                        "from[2026-11-21, 50]",
                        "next[7, 50]",
                        "back[7, 50]",
                        "placeOf[2026-11-21]",
                        "search[lost, 3, 50]",
                        "search[lost, 9, 50]");
    }

    @Test
    void shouldSayWhereThePagesBeforeAndAfterAre() {
        assertThat(log(Map.of()).getBefore()).isEqualTo("5");
        assertThat(log(Map.of()).getAfter()).as("the end of the log").isEmpty();
        assertThat(log(Map.of("when", "2026-11-21")).getAfter()).isEqualTo("5");
        assertThat(log(Map.of("text", "lost")).getAfter()).isEqualTo("9");
        assertThat(log(Map.of("text", "lost")).getBefore()).isEmpty();
    }

    private OverviewView overview(Map<String, Object> node, Function<String, Object> queue) {
        return view(
                new OverviewView(),
                Map.of(),
                Map.of(
                        "node",
                        bean(NodeMXBean.class, node::get),
                        "transactionLogQueue",
                        bean(TransactionLogQueueMXBean.class, queue)));
    }

    /** It said that all was well while a slave had been away for hours. */
    @Test
    void shouldSayTheHealthOfTheNodeAndWhatIsWrong() {
        Cause wrong =
                new Cause(1, "warning", "todev", "HB4161", "The slave cannot be reached.", "seen", "hot-backup query");
        Cause notice = new Cause(2, "notice", "", "HB4162", "It is closed.", "seen", "hot-backup updates open");
        OverviewView view = overview(Map.of("getHealth", "DEGRADED", "diagnose", List.of(wrong, notice)), call -> 0L);

        assertThat(view.isHealthy()).isFalse();
        assertThat(view.getHealth()).isEqualTo("DEGRADED");
        assertThat(view.getCauses()).containsExactly(wrong);
        assertThat(overview(Map.of("getHealth", "OK"), call -> 0L).isHealthy()).isTrue();
    }

    /** It was an error page when the queue could not be asked: at the moment when it is needed. */
    @Test
    void shouldShowTheOverviewWhenTheQueueCannotBeAsked() {
        OverviewView view = overview(Map.of("getHealth", "CRITICAL", "diagnose", List.of()), call -> {
            throw new Refusal(MessageCode.NOT_READY);
        });

        view.load();

        assertThat(view.getQueueDepth()).isEqualTo(Figures.UNKNOWN);
        assertThat(view.getQueueSize()).isEqualTo(Figures.UNKNOWN);
        assertThat(refused).containsExactly(MessageCode.NOT_READY.text());
    }
}
