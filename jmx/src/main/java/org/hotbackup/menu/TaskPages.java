package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;

/** What runs long on a node. */
final class TaskPages {

    private static final String TITLE = "Tasks";
    private static final int MOST = 200;

    private TaskPages() {}

    static void open(Session session) {
        session.open(new Menu(
                TITLE,
                List.of(
                        new Choice("List", "What is under way, and what is over", TaskPages::watch),
                        new Choice("One task", "Shows one of them, or cancels it", TaskPages::choose))));
    }

    private static void watch(Session session) {
        session.watch(TITLE, controls -> {
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

    private static void choose(Session session) {
        session.ask(TITLE, controls -> controls.tasks().list(MOST), tasks -> {
            if (tasks.isEmpty()) {
                session.show(TITLE, MessageCode.MENU_NOTHING.text());
            } else {
                session.open(new Menu(
                        "List of tasks",
                        tasks.stream()
                                .map(task -> new Choice(
                                        Text.safe(task.id() + "  " + task.state() + "  " + task.subject()),
                                        Text.safe(task.message()),
                                        s -> open(s, task.id())))
                                .toList()));
            }
        });
    }

    private static void open(Session session, String id) {
        String title = Text.safe("Task " + id);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("Show", "How far it is", s -> show(s, id)));
        choices.add(
                new Choice("Cancel", "Cancels a comparison, repair or resync, or work on a tape", s -> cancel(s, id)));
        if (id.startsWith(OperationReceipt.OPERATION)) {
            choices.add(new Choice(
                    "Answer",
                    "What came of the operation",
                    s -> s.perform(
                            "Answer of " + title, controls -> controls.tasks().receipt(id))));
        }
        session.open(new Menu(title, choices));
        show(session, id);
    }

    private static void show(Session session, String id) {
        String title = Text.safe("Task " + id);
        session.watch(title, controls -> new Look.Shown(title, controls.tasks().show(id)));
    }

    private static void cancel(Session session, String id) {
        Operation.confirmed(
                        Text.safe("Cancel task " + id),
                        "",
                        List.of(Field.confirm("Id of the task", id)),
                        (controls, values) -> controls.tasks().cancel(id, values.get(Field.CONFIRM)))
                .open(session);
    }
}
