package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Task;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.LogTapeRestore;
import org.hotbackup.server.LogTapeRestores;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.ServerVerification;
import org.hotbackup.server.TapeDevices;
import org.hotbackup.server.TapeJob;
import org.hotbackup.server.Verifications;
import org.hotbackup.verify.Verification;

/** What runs long on this node, for every surface. Asks those that work: nothing is kept here. */
@ApplicationScoped
public class TasksControl implements TasksMXBean {

    private static final int UNKNOWN = -1;
    private static final int WHOLE = 100;

    @Inject
    ReplicationServers servers;

    @Inject
    Verifications verifications;

    @Inject
    TapeDevices tapeDevices;

    @Inject
    LongOperations operations;

    @Inject
    LogTapeRestores restores;

    @Override
    public int getUnderWay() {
        return (int) all().stream().filter(Task::underWay).count();
    }

    @Override
    public List<Task> list(int limit) {
        return all().stream().limit(Paging.limit(limit)).toList();
    }

    @Override
    public String listText(int limit) {
        return TextLine.lines(list(limit));
    }

    @Override
    public String show(String id) {
        Task task = task(id);
        List<String> lines = new ArrayList<>();
        lines.add("Task       " + task.id());
        lines.add("Kind       " + task.kind());
        lines.add("Server     " + task.server());
        lines.add("Subject    " + task.subject());
        lines.add("State      " + task.state() + (task.percent() < 0 ? "" : ", " + task.percent() + " %"));
        if (!task.startedAt().isEmpty()) {
            lines.add("Since      " + task.startedAt());
        }
        if (!task.message().isEmpty()) {
            lines.add("Message    " + task.message());
        }
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public OperationReceipt cancel(String id, String confirmId) {
        return OperationReceipt.of(() -> {
            Task task = task(id);
            Refusal.unlessConfirmed(id, confirmId);
            Optional<TapeJob> job = tapeDevices.job(id);
            if (job.isPresent()) {
                return cancel(job.get());
            }
            if (id.equals(LogTapeRestores.TASK)) {
                return restores.cancel();
            }
            if (!id.equals(TaskIds.verification(task.server()))) {
                throw new Refusal(MessageCode.TASK_GOES_ON, id, "half of it would be worse than all of it");
            }
            return verifications.of(task.server()).stop();
        });
    }

    /** Who cancels it wants to hear that it is cancelled. */
    private static OperationReceipt cancel(TapeJob job) {
        OperationReceipt receipt = job.cancel();
        if (job.isOver() && !job.isStopped()) {
            throw new Refusal(MessageCode.TAPE_CANCEL_LATE, job.id(), receipt.message());
        }
        return job.isStopped()
                ? new OperationReceipt(OperationReceipt.Outcome.DONE, receipt.messageId(), receipt.message())
                : receipt;
    }

    @Override
    public OperationReceipt receipt(String id) {
        Optional<TapeJob> job = tapeDevices.job(id);
        if (job.isPresent()) {
            return job.get().receipt();
        }
        if (id.equals(LogTapeRestores.TASK) && restores.latest().isPresent()) {
            LogTapeRestore restore = restores.latest().get();
            return restore.result()
                    .orElseGet(() -> OperationReceipt.accepted(MessageCode.LOG_TAPE_BEGUN, restore.tape(), id)
                            .asTask(id));
        }
        return operations
                .find(id)
                .orElseThrow(() -> new Refusal(MessageCode.NO_TASK, id))
                .receipt();
    }

    private Task task(String id) {
        return all().stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(MessageCode.NO_TASK, id));
    }

    private List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (ReplicationServer server : servers.all()) {
            if (server.settings().isMaster()) {
                verification(server).ifPresent(tasks::add);
            } else {
                promotion(server).ifPresent(tasks::add);
                rest(server).ifPresent(tasks::add);
                setAside(server).ifPresent(tasks::add);
            }
            stop(server).ifPresent(tasks::add);
        }
        restores.latest().map(TasksControl::restore).ifPresent(tasks::add);
        operations.all().forEach(operation -> tasks.add(operation(operation)));
        tapeDevices
                .withJobs()
                .forEach(station -> station.job().map(TasksControl::tape).ifPresent(tasks::add));
        servers.helperTasks().forEach(task -> tasks.add(helper(task)));
        tasks.sort(Comparator.comparing(Task::underWay).reversed().thenComparing(Task::id));
        return tasks;
    }

    private Optional<Task> verification(ReplicationServer server) {
        ServerVerification verification = verifications.of(server.name());
        if (verification.round() == 0) {
            return Optional.empty();
        }
        Verification.Progress progress = verification.progress();
        String trouble = verification.trouble();
        String state = verification.isRunning()
                ? trouble.isEmpty() ? Task.RUNNING : Task.WAITING
                : verification.isStopped() ? Task.STOPPED : Task.DONE;
        int percent = progress.files() == 0 ? UNKNOWN : WHOLE * progress.filesDone() / progress.files();
        return Optional.of(new Task(
                TaskIds.verification(server.name()),
                verification.kind(),
                server.name(),
                server.name(),
                state,
                state.equals(Task.DONE) ? WHOLE : percent,
                trouble.isEmpty() ? verification.result() : trouble,
                time(verification.launchedAtMillis())));
    }

    private static Optional<Task> promotion(ReplicationServer server) {
        String underWay = server.promoting();
        boolean over = underWay.isEmpty();
        if (over && server.succession().promotion().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Task(
                TaskIds.promotion(server.name()),
                "promotion",
                server.name(),
                server.name(),
                over ? Task.DONE : Task.RUNNING,
                over ? WHOLE : UNKNOWN,
                SuccessionText.of(server),
                ""));
    }

    private Optional<Task> rest(ReplicationServer server) {
        return servers.unrest(server.name()).map(what -> underWay(TaskIds.rest(server.name()), "rest", server, what));
    }

    private static Optional<Task> setAside(ReplicationServer server) {
        OptionalLong transaction = server.settingAside();
        return transaction.isEmpty()
                ? Optional.empty()
                : Optional.of(underWay(
                        TaskIds.setAside(server.name()),
                        "set-aside",
                        server,
                        MessageCode.HEAD_GOES_TO_LOST_AND_FOUND.text(transaction.getAsLong())));
    }

    /** Of a server, and nobody knows how far it is or since when it runs. */
    private static Task underWay(String id, String kind, ReplicationServer server, String message) {
        return new Task(id, kind, server.name(), server.name(), Task.RUNNING, UNKNOWN, message, "");
    }

    private static Optional<Task> stop(ReplicationServer server) {
        return server.isStopping()
                ? Optional.of(underWay(
                        TaskIds.stop(server.name()), "stop", server, MessageCode.SERVER_STOPPING.text(server.name())))
                : Optional.empty();
    }

    private Task helper(HelperTask task) {
        Optional<String> died = servers.helperTrouble(task);
        return new Task(
                TaskIds.helper(task.server(), task.number()),
                "helper",
                task.server(),
                task.file().toString(),
                died.isPresent() ? Task.WAITING : Task.RUNNING,
                UNKNOWN,
                died.map(why -> MessageCode.HELPER_DIED.text(task.file(), why))
                        .orElse(task.phase().name().toLowerCase(Locale.ROOT)),
                "");
    }

    private static Task restore(LogTapeRestore restore) {
        String state = restore.result()
                .map(receipt -> receipt.outcome() == OperationReceipt.Outcome.REFUSED
                        ? Task.REFUSED
                        : restore.isCancelled() ? Task.STOPPED : Task.DONE)
                .orElse(restore.trouble().isEmpty() ? Task.RUNNING : Task.WAITING);
        String doing = restore.trouble().isEmpty() ? restore.text() : restore.trouble();
        return new Task(
                LogTapeRestores.TASK,
                LogTapeRestores.TASK,
                "",
                restore.tape().toString(),
                state,
                state.equals(Task.DONE) ? WHOLE : UNKNOWN,
                restore.result().map(OperationReceipt::message).orElse(doing),
                time(restore.startedAtMillis()));
    }

    private static Task operation(LongOperations.LongOperation operation) {
        OperationReceipt receipt = OperationReceipt.of(operation::receipt);
        boolean over = !receipt.goesOn();
        boolean refused = receipt.outcome() == OperationReceipt.Outcome.REFUSED;
        return new Task(
                operation.id(),
                "operation",
                operation.server(),
                operation.what(),
                !over ? Task.RUNNING : refused ? Task.REFUSED : Task.DONE,
                over && !refused ? WHOLE : UNKNOWN,
                receipt.message(),
                time(operation.startedAtMillis()));
    }

    private static Task tape(TapeJob job) {
        boolean done = job.isOver() && job.receipt().outcome() == OperationReceipt.Outcome.DONE;
        String over = job.isStopped() ? Task.STOPPED : done ? Task.DONE : Task.REFUSED;
        return new Task(
                job.id(),
                job.kind(),
                "",
                job.subject(),
                job.isOver() ? over : Task.RUNNING,
                job.percent(),
                job.message(),
                time(job.startedAtMillis()));
    }

    private static String time(long epochMillis) {
        return epochMillis == 0 ? "" : Instant.ofEpochMilli(epochMillis).toString();
    }
}
