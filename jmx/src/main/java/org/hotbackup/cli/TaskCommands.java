package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.Task;
import org.hotbackup.control.TasksMXBean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup tasks ...}: what runs long on a node. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "Shows and cancels what runs long on a node: comparisons, resyncs, promotions, helpers.",
        subcommands = {
            TaskCommands.ListTasks.class,
            TaskCommands.ShowTask.class,
            TaskCommands.Result.class,
            TaskCommands.Cancel.class
        })
final class TaskCommands implements Runnable {

    private static final int MOST = 1_000;
    private static final int SHORTENED = 60;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show, result or cancel.");
    }

    /** All of them. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists those under way first, then comparisons and promotions that are over.")
    static final class ListTasks extends NodeVerb {

        @Override
        int run(NodeConnection connection) {
            List<Task> tasks = connection.tasks().list(MOST);
            return answer(text(tasks), () -> tasks);
        }

        private static String text(List<Task> tasks) {
            if (tasks.isEmpty()) {
                return "Nothing runs long on this node";
            }
            TextTable table = new TextTable("Task", "Kind", "Subject", "State", "Percent", "Message");
            for (Task task : tasks) {
                table.add(
                        task.id(),
                        task.kind(),
                        task.subject(),
                        task.state(),
                        task.percent() < 0 ? "-" : Integer.toString(task.percent()),
                        shortened(task.message()));
            }
            return table.toString().stripTrailing();
        }

        private static String shortened(String message) {
            return message.length() <= SHORTENED ? message : message.substring(0, SHORTENED - 3) + "...";
        }
    }

    /** One of them. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one in full.")
    static final class ShowTask extends NodeVerb {

        private static final int MOST_TASKS = 1_000;

        @Parameters(paramLabel = "ID", description = "The task's id, as the list shows it.")
        String id;

        @Override
        int run(NodeConnection connection) {
            String text = connection.tasks().show(id);
            return answer(text, () -> record(connection.tasks(), text));
        }

        /** The task as the list has it; one that is over since is as it was shown. */
        private Object record(TasksMXBean tasks, String text) {
            return tasks.list(MOST_TASKS).stream()
                    .filter(task -> task.id().equals(id))
                    .map(Object.class::cast)
                    .findFirst()
                    .orElseGet(() -> TextLines.fields(text));
        }
    }

    /** What came of one. */
    @Command(
            name = "result",
            mixinStandardHelpOptions = true,
            description = "Says what came of an operation that was accepted as a task, or that it still goes on.")
    static final class Result extends NodeVerb {

        @Parameters(paramLabel = "ID", description = "The task's id, as the receipt gave it.")
        String id;

        @Override
        int run(NodeConnection connection) {
            return answer(connection.tasks().receipt(id));
        }
    }

    /** Ends one. */
    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Cancels a comparison, repair or resync; what was found and sent is kept. Others go on.")
    static final class Cancel extends NodeVerb {

        @Parameters(paramLabel = "ID", description = "The task's id, as the list shows it.")
        String id;

        @Option(names = "--confirm", required = true, paramLabel = "ID", description = "The task's id once more.")
        String confirm;

        @Override
        int run(NodeConnection connection) {
            TasksMXBean tasks = connection.tasks();
            return answer(tasks.cancel(id, confirm));
        }
    }
}
