package org.hotbackup.menu;

import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;

/** What runs long on a node. */
final class TaskPages {

    private static final int MOST = 200;
    private static final String ID = "id";

    private TaskPages() {}

    static void open(Session session) {
        session.open(new Menu(
                "Tasks",
                List.of(
                        new Choice("List", "What is under way, and what is over", TaskPages::watch),
                        new Choice("Cancel", "Cancels a comparison, repair or resync", TaskPages::cancel))));
    }

    static void watch(Session session) {
        session.watch("Tasks", controls -> {
            List<Task> tasks = controls.tasks().list(MOST);
            String text = tasks.stream().map(TaskPages::line).collect(Collectors.joining("\n"));
            return new Look.Shown(
                    "Tasks, " + controls.tasks().getUnderWay() + " under way",
                    tasks.isEmpty() ? MessageCode.MENU_NOTHING.text() : text);
        });
    }

    private static String line(Task task) {
        String percent = task.percent() < 0 ? "" : "  " + task.percent() + " %";
        return task.id() + "  " + task.kind() + "  " + task.server() + "  " + task.subject() + "  " + task.state()
                + percent + "  " + task.message();
    }

    private static void cancel(Session session) {
        Operation.confirmed(
                        "Cancel a task",
                        "",
                        List.of(
                                Field.of(ID, "Task", Texts.TASK_HELP, "", given -> given),
                                Field.of(Field.CONFIRM, "Task again", Texts.TASK_AGAIN_HELP, "", given -> given)),
                        (controls, values) -> controls.tasks().cancel(values.get(ID), values.get(Field.CONFIRM)))
                .then(TaskPages::watch)
                .open(session);
    }
}
