package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.hotbackup.apply.EntryText;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TracesTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");
    private static final FilePath FILE = FilePath.data("world", "countries");
    private static final String TIME = "2026-03-31T12:00:00Z";
    private static final long NOW = 1_000;

    private final List<String> logged = new ArrayList<>();
    private final Traces traces =
            new Traces(Clock.fixed(Instant.parse(TIME), ZoneOffset.UTC), EntryText::lines, logged::add);
    private final FakeLink link = new FakeLink();
    private final List<Integer> batches = new ArrayList<>();
    private String poison = "";

    /** A database that cannot take one item. */
    private final class PickyApplier extends IdleApplier {
        @Override
        public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
            batches.add(transactions.size());
            for (ReceivedTransaction transaction : transactions) {
                if (new String(transaction.entry().payload(), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(poison)) {
                    throw new ApplyBlockedException(ApplyBlockedException.Cause.INTERNAL, "a correlative failed", null);
                }
            }
            return super.apply(transactions, position);
        }
    }

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    private static LogEntry entry(long lsn, String... ids) {
        List<Update> updates = new ArrayList<>();
        for (String id : ids) {
            updates.add(new Update.ItemWritten(FILE, ItemId.of(id), new byte[] {1}));
        }
        return new LogEntry(lsn, lsn - 1, NOW, LogEntryCodec.encode(updates));
    }

    private SlaveSession slave(String poisonousId) throws LinkDownException {
        poison = poisonousId;
        SlaveSession slave = new SlaveSession(
                new SlaveSettings("fromprod", "slave", ""),
                () -> link,
                new PickyApplier(),
                master -> {},
                (code, values) -> {});
        slave.traceTo(traces);
        slave.listen();
        link.arrives(1, new Hello("todev", "master", "h1", 1));
        return slave;
    }

    private void receive(SlaveSession slave, LogEntry... entries) {
        link.arrives(1, new Batch(1, List.of(entries)));
        while (slave.step(NOW) <= NOW) {
            assertThat(batches.size()).isLessThan(100);
        }
    }

    @Test
    @Tag("HB-091")
    void shouldNameItemAndFileOfEachTransactionReceivedAndApplied() throws LinkDownException {
        traces.turn(true);
        receive(slave("none"), entry(1, "CH", "FR"), entry(2, "IT"));

        assertThat(logged)
                .containsExactly(
                        "transaction 1 (LSN 1) received: Upd itm 'CH' in 'world,countries'",
                        "transaction 1 (LSN 1) received: Upd itm 'FR' in 'world,countries'",
                        "transaction 2 (LSN 2) received: Upd itm 'IT' in 'world,countries'",
                        "transaction 1 (LSN 1) applying: Upd itm 'CH' in 'world,countries'",
                        "transaction 1 (LSN 1) applying: Upd itm 'FR' in 'world,countries'",
                        "transaction 1 (LSN 1) applied: Upd itm 'CH' in 'world,countries'",
                        "transaction 1 (LSN 1) applied: Upd itm 'FR' in 'world,countries'",
                        "transaction 2 (LSN 2) applying: Upd itm 'IT' in 'world,countries'",
                        "transaction 2 (LSN 2) applied: Upd itm 'IT' in 'world,countries'");
        assertThat(traces.lines(2)).containsExactly(TIME + "  " + logged.get(7), TIME + "  " + logged.get(8));
    }

    @Test
    @Tag("HB-033")
    void shouldNameTheOneAtFaultAmongMany() throws LinkDownException {
        traces.turn(true);
        SlaveSession slave = slave("bad");
        receive(slave, entry(1, "one"), entry(2, "two"), entry(3, "bad"), entry(4, "four"));

        assertThat(batches).containsExactly(1, 1, 1);
        assertThat(logged)
                .last()
                .isEqualTo(
                        "transaction 3 (LSN 3) not applied: a correlative failed: Upd itm 'bad' in 'world,countries'");
        assertThat(slave.figures().ackedTransaction()).isEqualTo(2);
    }

    @Test
    @Tag("HB-092")
    void shouldCostNothingWhileTheyAreOff() throws LinkDownException {
        receive(slave("none"), entry(1, "one"), entry(2, "two"));

        assertThat(batches).containsExactly(2);
        assertThat(logged).isEmpty();
        assertThat(traces.lines(10)).isEmpty();
    }

    @Test
    @Tag("HB-092")
    void shouldKeepTheirLinesWhenTheyAreTurnedOff() throws LinkDownException {
        traces.turn(true);
        SlaveSession slave = slave("none");
        receive(slave, entry(1, "one"));
        traces.turn(false);
        int lines = logged.size();
        link.arrives(1, new Batch(2, List.of(entry(2, "two"))));
        slave.step(NOW);

        assertThat(traces.isOn()).isFalse();
        assertThat(traces.lines(100)).hasSize(lines);
    }

    @Test
    @Tag("HB-091")
    void shouldTraceWhatAMasterSendsAndWhatIsAcknowledged() {
        traces.turn(true);
        Iterator<LogEntry> queue = List.of(entry(1, "CH"), entry(2, "IT")).iterator();
        MasterSession master = new MasterSession(
                new MasterSettings("todev", "master", "h1", "10.0.0.2:2000", 0, 0),
                () -> link,
                () -> new IteratorReader(queue),
                () -> 2,
                () -> 2,
                () -> NOW,
                () -> 1,
                (code, values) -> {});
        master.traceTo(traces);
        master.step(NOW);
        link.arrives(1, new PositionReport("slave", Optional.empty()));
        master.step(NOW);
        link.arrives(1, new Acknowledge(2, 2, new Totals(2, 0, 0)));
        master.step(NOW);

        assertThat(logged)
                .containsExactly(
                        "transaction 1 (LSN 1) sent: Upd itm 'CH' in 'world,countries'",
                        "transaction 2 (LSN 2) sent: Upd itm 'IT' in 'world,countries'",
                        "acknowledged up to transaction 2 (LSN 2)");
    }

    private record IteratorReader(Iterator<LogEntry> entries) implements TransactionLogQueue.Reader {
        @Override
        public Optional<LogEntry> poll() {
            return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        }

        @Override
        public void acknowledge(long upToLsn) {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    @Tag("HB-091")
    void shouldKeepTheLastLinesOnlyAndNameTheFirstUpdatesOnly() {
        traces.turn(true);
        String[] many = IntStream.rangeClosed(1, EntryText.LINES + 7)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        for (int i = 0; i < 20; i++) {
            traces.trace("sent", i, List.of(entry(i, many)));
        }

        assertThat(traces.lines(Integer.MAX_VALUE))
                .hasSize(Traces.KEPT)
                .last()
                .asString()
                .endsWith(": and 7 more");
    }
}
