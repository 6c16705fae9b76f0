package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.LogTapeRestores;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.TapeDevices;
import org.junit.jupiter.api.Test;

class LongOperationsTest {

    private static final OperationReceipt DONE = OperationReceipt.done(MessageCode.SERVER_STOPPED, "todev");

    private final LongOperations patient = new LongOperations(Duration.ofMinutes(1));
    private final LongOperations impatient = new LongOperations(Duration.ofMillis(1));
    private final CountDownLatch end = new CountDownLatch(1);

    private OperationReceipt last(OperationReceipt receipt) {
        return last(end, receipt);
    }

    private static OperationReceipt last(CountDownLatch until, OperationReceipt receipt) {
        try {
            assertThat(until.await(1, TimeUnit.MINUTES)).isTrue();
            return receipt;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitOver(String id) {
        try {
            impatient.find(id).orElseThrow().work().get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldAnswerWhatTheOperationAnswers() {
        assertThat(patient.run("todev", "Server.stop", () -> DONE)).isEqualTo(DONE);
        assertThat(patient.all()).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheOperationRefuses() {
        assertThatThrownBy(() -> patient.run("", "Node.setup", () -> {
                    throw new Refusal(MessageCode.NO_SERVER, "todev");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.NO_SERVER.text("todev"));
    }

    @Test
    void shouldSayThatSomethingInsideFailed() {
        assertThatThrownBy(() -> patient.run("", "Node.setup", () -> {
                    throw new IllegalArgumentException("secret");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("IllegalArgumentException")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldGoOnAsATaskAndKeepTheAnswer() {
        OperationReceipt accepted = impatient.run("todev", "Server.rejoin", () -> last(DONE));

        assertThat(accepted.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(accepted.goesOn()).isTrue();
        assertThat(accepted.message()).contains(accepted.task());
        assertThat(impatient.find(accepted.task()).orElseThrow().receipt()).isEqualTo(accepted);

        end.countDown();
        awaitOver(accepted.task());
        assertThat(impatient.find(accepted.task()).orElseThrow().receipt()).isEqualTo(DONE);
    }

    @Test
    void shouldKeepThoseThatGoOnAndTheLastThatAreOver() {
        String running =
                impatient.run("todev", "Server.rejoin", () -> last(DONE)).task();
        IntStream.range(0, 120).forEach(i -> outliveACaller());

        assertThat(impatient.find(running)).isPresent();
        assertThat(impatient.all()).hasSizeBetween(100, 102);
        end.countDown();
    }

    private void outliveACaller() {
        CountDownLatch own = new CountDownLatch(1);
        String id = impatient.run("", "Node.setup", () -> last(own, DONE)).task();
        own.countDown();
        awaitOver(id);
    }

    /** Each call to a node that hangs added a thread that waits and a task that is kept, without end. */
    @Test
    void shouldBeginNoMoreThanCanGoOn() {
        for (int i = 0; i < LongOperations.MOST_UNFINISHED; i++) {
            assertThat(impatient.run("", "Node.setup", () -> last(DONE)).goesOn())
                    .isTrue();
        }
        assertThatThrownBy(() -> impatient.run("", "Node.setup", () -> DONE))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.OPERATIONS_UNFINISHED.text(LongOperations.MOST_UNFINISHED));
        assertThat(impatient.all()).hasSize(LongOperations.MOST_UNFINISHED);

        end.countDown();
        impatient.all().forEach(one -> awaitOver(one.id()));
        assertThat(patient.run("", "Node.setup", () -> DONE)).isEqualTo(DONE);
        assertThat(impatient.run("", "Node.setup", () -> DONE)).isNotNull();
    }

    @Test
    void shouldRefuseWhatAStoppingNodeHasNoThreadFor() {
        LongOperations stopping = new LongOperations(Duration.ofMinutes(1)) {
            @Override
            ThreadFactory threads() {
                return work -> null;
            }
        };

        assertThatThrownBy(() -> stopping.run("", "Node.setup", () -> DONE))
                .isInstanceOf(Refusal.class)
                .hasMessage(MessageCode.NO_THREAD.text());
    }

    @Test
    void shouldBeListedWithWhatItIs() {
        TasksControl tasks = new TasksControl();
        tasks.operations = impatient;
        tasks.servers = new NoServers();
        tasks.restores = new LogTapeRestores();
        tasks.tapeDevices = new TapeDevices();
        String id = impatient.run("todev", "Server.rejoin", () -> last(DONE)).task();

        assertThat(tasks.list(10)).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo(id);
            assertThat(task.subject()).isEqualTo("Server.rejoin");
            assertThat(task.state()).isEqualTo(Task.RUNNING);
        });
        assertThat(tasks.getUnderWay()).isEqualTo(1);
        assertThat(tasks.cancel(id, id).messageId()).isEqualTo(MessageCode.TASK_GOES_ON.id());
        assertThat(tasks.cancel(id, "another").messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(tasks.cancel("operation:99", "operation:99").messageId()).isEqualTo(MessageCode.NO_TASK.id());

        end.countDown();
        awaitOver(id);
        assertThat(tasks.show(id)).contains("Server.rejoin", "done, 100 %", DONE.message());
        assertThat(tasks.listText(10)).startsWith(id + "\toperation\ttodev\tServer.rejoin\tdone\t100\t");
        assertThat(tasks.receipt(id)).isEqualTo(DONE);
    }

    /** A node without servers. */
    private static final class NoServers extends ReplicationServers {
        @Override
        public List<ReplicationServer> all() {
            return List.of();
        }

        @Override
        public Collection<HelperTask> helperTasks() {
            return List.of();
        }
    }
}
