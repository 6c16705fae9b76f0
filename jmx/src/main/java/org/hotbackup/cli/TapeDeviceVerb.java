package org.hotbackup.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/** A verb for a tape device of a node: {@code hot-backup VERB ... --device NAME}. */
abstract class TapeDeviceVerb extends NodeVerb {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int LOOKS_BETWEEN_LINES = 25;
    private static final int MOST_TASKS = 1_000;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "The device; may be left out if one is attached, or only one is there.")
    String device;

    @Override
    final int run(NodeConnection connection) {
        return run(connection, connection.tape());
    }

    /** Does it. */
    abstract int run(NodeConnection connection, TapeMXBean tape);

    /** The device that is meant. */
    final String device(TapeMXBean tape) {
        if (device != null) {
            return device;
        }
        List<TapeDevice> devices = tape.devices();
        List<String> attached = devices.stream()
                .filter(one -> !one.attachedBy().isEmpty())
                .map(TapeDevice::name)
                .toList();
        List<String> all = devices.stream().map(TapeDevice::name).toList();
        if (attached.size() == 1) {
            return attached.get(0);
        } else if (all.size() == 1) {
            return all.get(0);
        }
        throw new Refusal(MessageCode.TAPE_WHICH_DEVICE, String.join(", ", attached.isEmpty() ? all : attached));
    }

    /** A verb whose work is a task: it is watched to its end. */
    abstract static class Long extends TapeDeviceVerb {

        @Option(names = "--no-wait", description = "Begins it and does not wait for its end.")
        boolean noWait;

        @Override
        final int run(NodeConnection connection, TapeMXBean tape) {
            // from the beginning: the node may have begun what the command was not told of yet
            try (InterruptNotice interrupted = new InterruptNotice(output()::warn)) {
                OperationReceipt receipt = begin(tape);
                boolean goesOn = receipt.outcome() == OperationReceipt.Outcome.ACCEPTED
                        && !receipt.task().isEmpty();
                if (!goesOn || noWait) {
                    return answer(receipt);
                }
                interrupted.goesOnAs(receipt.task());
                return answer(watched(connection, receipt));
            }
        }

        /** Looks at it until it is over. */
        private OperationReceipt watched(NodeConnection connection, OperationReceipt begun) {
            String task = begun.task();
            OperationReceipt receipt = begun;
            int looks = 0;
            try {
                while (receipt.outcome() == OperationReceipt.Outcome.ACCEPTED
                        && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                    receipt = connection.tasks().receipt(task);
                    if (++looks % LOOKS_BETWEEN_LINES == 0) {
                        connection.tasks().list(MOST_TASKS).stream()
                                .filter(one -> one.id().equals(task) && one.underWay())
                                .findFirst()
                                .ifPresent(this::tell);
                    }
                }
            } catch (RuntimeException e) {
                // whoever is told that the connection was lost wants to know what became of his save
                say(MessageCode.TAPE_ASK_LATER.text(task));
                throw e;
            }
            return receipt;
        }

        private void tell(Task task) {
            say((task.percent() < 0 ? "" : task.percent() + " %, ") + task.message());
        }

        /** Begins it. */
        abstract OperationReceipt begin(TapeMXBean tape);
    }

    /** A verb that writes to a tape. */
    abstract static class Writing extends Long {

        @Option(
                names = "--confirm",
                paramLabel = "NAME",
                defaultValue = "",
                description = "The device's name once more, if what its tape holds there may go.")
        String confirm;
    }
}
