package org.hotbackup.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMX;
import javax.management.ObjectName;
import org.assertj.core.api.Assertions;
import org.hotbackup.control.Caller;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine where it lives: JTA, CDI, EJB timers, the broker and the MBean server of one Payara Micro. */
@Tag("container")
@ExtendWith({MicroNode.class, ArquillianExtension.class})
class EngineInContainerTest {

    private static final Caller OWNER = new Caller("local", "cli", "");
    private static final String ACCOUNT = "inside";
    private static final String SERVER = "todev";
    private static final FilePath FILE = FilePath.data(ACCOUNT, "orders");
    private static final FilePath OTHER = FilePath.data(ACCOUNT, "lines");
    private static final ItemId ID = ItemId.of("4711");
    private static final long PATIENCE_SECONDS = 30;
    private static final int ALL = 10_000;

    @Inject
    ItemStore store;

    @Inject
    TransactionLogQueue queue;

    @Resource
    UserTransaction transaction;

    @Deployment
    static WebArchive engineAndTest() {
        return MicroNode.engine()
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "test-language.jar")
                        .addPackages(true, Assertions.class.getPackage())
                        .addPackages(true, "org.assertj", "net.bytebuddy"))
                .addPackage(EngineInContainerTest.class.getPackage());
    }

    @BeforeEach
    void haveFilesAndAServer() {
        if (!store.accounts().contains(ACCOUNT)) {
            done(node().setup(SERVER, "type=master host=127.0.0.1 port=2000 check-period=1 txlog-timer=1"));
            store.createAccount(ACCOUNT, DPointer.of("DL", 7));
            store.createFile(FILE, DPointer.of("DL", 7));
            store.createFile(OTHER, DPointer.of("DL", 7));
        }
    }

    @Test
    void shouldMakeOneLogEntryOfAllChangesOfATransaction() throws Exception {
        long before = lastQueued();

        transaction.begin();
        store.write(FILE, ID, bytes("first"));
        store.write(OTHER, ID, bytes("second"));
        store.delete(FILE, ItemId.of("not there"));
        transaction.commit();

        assertThat(store.read(FILE, ID)).contains(bytes("first"));
        assertThat(store.read(OTHER, ID)).contains(bytes("second"));
        List<LogEntry> entries = queuedAfter(before, 1);
        assertThat(entries).hasSize(1);
        assertThat(LogEntryCodec.decode(entries.get(0).payload()))
                .extracting(Update::file)
                .containsExactly(FILE, OTHER);
    }

    @Test
    void shouldLeaveNoTraceOfATransactionThatWasRolledBack() throws Exception {
        long before = lastQueued();
        ItemId id = ItemId.of("rolled back");

        transaction.begin();
        store.write(FILE, id, bytes("never"));
        assertThat(store.read(FILE, id)).contains(bytes("never"));
        transaction.rollback();
        store.write(FILE, ItemId.of("afterwards"), bytes("yes"));

        assertThat(store.read(FILE, id)).isEmpty();
        List<LogEntry> entries = queuedAfter(before, 1);
        assertThat(entries).hasSize(1);
        assertThat(LogEntryCodec.decode(entries.get(0).payload())).hasSize(1);
    }

    @Test
    void shouldLogNothingOfATransactionThatExcludesItself() throws Exception {
        long before = lastQueued();
        ItemId id = ItemId.of("excluded");

        transaction.begin();
        store.excludeFromLogging();
        store.write(FILE, id, bytes("of this node alone"));
        transaction.commit();
        store.write(FILE, ItemId.of("afterwards"), bytes("logged"));

        assertThat(store.read(FILE, id)).contains(bytes("of this node alone"));
        assertThat(queuedAfter(before, 1)).hasSize(1);
    }

    @Test
    void shouldRefuseToExcludeTooLateOrNothing() throws Exception {
        assertThatThrownBy(store::excludeFromLogging)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no transaction");

        transaction.begin();
        store.write(FILE, ItemId.of("too late"), bytes("to be logged"));
        assertThatThrownBy(store::excludeFromLogging)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.LOGGED_ALREADY));
        transaction.rollback();
    }

    @Test
    @Tag("HB-123")
    @Tag("HB-124")
    @Tag("HB-149")
    void shouldWarnEachCheckPeriodThatNothingIsEnqueued() throws Exception {
        long before = lastQueued();
        ServerMXBean server = server();
        done(server.start());
        try {
            done(queueControl().stopEnqueuing(node().getName(), "a test"));
            await(() -> server.status(50).contains(MessageCode.NOT_ENQUEUED.text()));
        } finally {
            done(queueControl().startEnqueuing());
            done(server.stop(SERVER));
        }
        assertThat(queueControl().isUpdatesMissed()).isFalse();
        store.write(FILE, ItemId.of("enqueued again"), bytes("on the same chain"));
        LogEntry next = queuedAfter(before, 1).get(0);
        assertThat(next.previousLsn()).isEqualTo(before);
        assertThat(store.items(FilePath.data("dm", "errors"), null, ALL))
                .extracting(record -> DynamicArray.of(record.body()).extract(1))
                .contains(MessageCode.ENQUEUING_STOPPED.id(), MessageCode.ENQUEUING_STARTED.id());
    }

    @Test
    void shouldRefuseWithTheSentenceAndRollTheCallersTransactionBack() throws Exception {
        ItemId id = ItemId.of("refused");

        transaction.begin();
        store.write(FILE, id, bytes("goes with the rest"));
        assertThatThrownBy(() -> store.write(FilePath.data(ACCOUNT, "nowhere"), id, bytes("x")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.NO_FILE))
                .hasMessageContaining("nowhere");
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        transaction.rollback();

        assertThat(store.read(FILE, id)).isEmpty();
    }

    @Test
    void shouldMakeATransactionOfItsOwnWithoutOne() {
        assertThat(store.write(FILE, ItemId.of("alone"), bytes("1"))).isTrue();
        assertThat(store.write(FILE, ItemId.of("alone"), bytes("2"))).isFalse();

        assertThat(store.read(FILE, ItemId.of("alone"))).contains(bytes("2"));
    }

    @Test
    @Tag("HB-056")
    @Tag("HB-150")
    void shouldCheckTheQueueEachPeriodWhileTheServerRuns() {
        ServerMXBean server = server();
        done(server.start());
        try {
            store.write(FILE, ItemId.of("large"), new byte[400_000]);

            await(() -> server.status(50).contains("Transaction queue has grown to"));
        } finally {
            done(server.stop(SERVER));
        }
    }

    @Test
    void shouldKeepWhatIsQueuedWhileNobodyTakesIt() throws Exception {
        long before = lastQueued();
        store.write(FILE, ItemId.of("waiting"), bytes("for its slave"));
        queuedAfter(before, 1);
        done(server().start());
        done(server().stop(SERVER));

        assertThat(browse(before)).hasSize(1);
        assertThat(queue.state(SERVER).depth()).isPositive();
    }

    /** The LSN of the last entry when everything that was written so far is in the queue. */
    private long lastQueued() throws Exception {
        store.write(FILE, ItemId.of("marker"), bytes("all before this"));
        long marker = node().getLastLsn();
        await(() -> browse(marker - 1).stream().anyMatch(entry -> entry.lsn() == marker));
        return marker;
    }

    private List<LogEntry> queuedAfter(long lsn, int count) {
        await(() -> browse(lsn).size() >= count);
        return browse(lsn);
    }

    private List<LogEntry> browse(long afterLsn) {
        try {
            return queue.browse(SERVER, afterLsn, ALL);
        } catch (QueueUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static NodeMXBean node() {
        return bean(ControlNames.node(), NodeMXBean.class);
    }

    private static TransactionLogQueueMXBean queueControl() {
        return bean(ControlNames.transactionLogQueue(), TransactionLogQueueMXBean.class);
    }

    private static ServerMXBean server() {
        return bean(ControlNames.server(SERVER), ServerMXBean.class);
    }

    /** Asked by the owner of the node's home: nobody is let through without a name, not even from inside. */
    private static <T> T bean(ObjectName name, Class<T> contract) {
        T bean = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), name, contract);
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    Object[] answer = new Object[1];
                    OWNER.during(() -> answer[0] = method.invoke(bean, arguments));
                    return answer[0];
                }));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
