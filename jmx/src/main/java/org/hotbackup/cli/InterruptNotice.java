package org.hotbackup.cli;

import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;

/**
 * Says to whoever ends a command with CTRL-C that its work goes on in the node, from before the node is asked for it until the
 * command has its answer. Not thread-safe, but for the end of the process.
 */
final class InterruptNotice implements AutoCloseable {

    private final Consumer<String> teller;
    private final Thread hook = new Thread(this::tell);
    private volatile String task = "";

    /** Begins. */
    InterruptNotice(Consumer<String> teller) {
        this.teller = teller;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The node began it as this task. */
    void goesOnAs(String newTask) {
        task = newTask;
    }

    /** Says it, as at the end of the process. */
    void tell() {
        teller.accept(
                task.isEmpty() ? MessageCode.TAPE_TASK_MAY_GO_ON.text() : MessageCode.TAPE_TASK_GOES_ON.text(task));
    }

    /** There is nothing to say any more. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends, and it is said
        }
    }
}
