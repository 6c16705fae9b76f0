package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;

/** The tape devices of a node, one of which is chosen and then worked with (TS-001). */
final class TapeDeviceMenu {

    private static final String TITLE = "Tape devices";
    private static final String BLOCK_SIZE = "block size";
    private static final String BLOCKS = "blocks";
    private static final int MOST_BLOCKS = 100;
    private static final int MOST_TASKS = 1_000;

    private TapeDeviceMenu() {}

    static void open(Session session) {
        session.ask(TITLE, controls -> controls.tape().devices(), devices -> {
            if (devices.isEmpty()) {
                session.show(TITLE, MessageCode.MENU_NOTHING.text());
            } else {
                session.open(new Menu(
                        TITLE,
                        devices.stream()
                                .map(device -> new Choice(
                                        label(device), Text.safe(device.path()), s -> open(s, device.name())))
                                .toList()));
            }
        });
    }

    private static String label(TapeDevice device) {
        String attached = device.attachedBy().isEmpty() ? "" : "  attached by " + device.attachedBy();
        return Text.safe(device.name() + "  " + kind(device) + attached);
    }

    private static String kind(TapeDevice device) {
        return device.kind() + (device.readOnly() ? ", read only" : "");
    }

    private static void open(Session session, String device) {
        session.open(new Menu(
                titled("Tape device", device),
                List.of(
                        new Choice(
                                "Status",
                                "Who has it, where it stands, and what the last save or restore did",
                                s -> watch(s, device)),
                        new Choice("Attach", "Makes it yours, at the beginning of its tape", s -> attach(s, device)),
                        new Choice("Detach", "Gives it back", s -> detach(s, device)),
                        new Choice("Unload", "Gives it back, its tape at the beginning", s -> unload(s, device)),
                        new Choice("Read label", "The label where it stands", s -> readLabel(s, device)),
                        new Choice("Read blocks", "Blocks from where it stands", s -> readBlocks(s, device)),
                        new Choice("Move", "Rewind, forward, back, end of data, filemark", s -> openMoves(s, device)),
                        new Choice(
                                "Cancel", "Ends the save, restore or check that works on it", s -> cancel(s, device)),
                        new Choice("Save", "All accounts, some, or items of a file", s -> TapeSaveMenu.open(s, device)),
                        new Choice(
                                "Restore",
                                "All accounts, one, or items; and what is on the tape",
                                s -> TapeRestoreMenu.open(s, device)))));
        watch(session, device);
    }

    private static void openMoves(Session session, String device) {
        session.open(new Menu(
                titled("Move", device),
                List.of(
                        new Choice(
                                "Rewind",
                                "To the beginning of the tape",
                                s -> s.perform(titled("Rewind", device), controls -> controls.tape()
                                        .rewind(device))),
                        new Choice(
                                "Forward",
                                "So many blocks, or behind the next filemark",
                                s -> move(
                                        s,
                                        titled("Forward", device),
                                        Texts.TAPE_FORWARD_HELP,
                                        (tape, blocks) -> tape.forward(device, blocks))),
                        new Choice(
                                "Back",
                                "So many blocks, or before the filemark on the way",
                                s -> move(
                                        s,
                                        titled("Back", device),
                                        Texts.TAPE_BACK_HELP,
                                        (tape, blocks) -> tape.back(device, blocks))),
                        new Choice(
                                "End of data",
                                "Behind all that is recorded",
                                s -> s.perform(titled("End of data", device), controls -> controls.tape()
                                        .endOfData(device))),
                        new Choice(
                                "Write filemark",
                                "What followed on the tape is gone",
                                s -> writeFilemark(s, device)))));
    }

    /** A title with the device in it. */
    static String titled(String what, String device) {
        return what + " '" + Text.safe(device) + "'";
    }

    /** Shows how a device stands, and how far what works on it is. */
    static void watch(Session session, String device) {
        String title = titled("Status of tape device", device);
        session.watch(title, controls -> new Look.Shown(title, status(controls.tape(), device)));
    }

    private static String status(TapeMXBean tape, String name) {
        Stream<String> stands = tape.devices().stream()
                .filter(device -> device.name().equals(name))
                .map(TapeDeviceMenu::text);
        return Stream.concat(stands, Stream.of(tape.report(name))).collect(Collectors.joining("\n\n"));
    }

    private static String text(TapeDevice device) {
        return String.join(
                "\n",
                "Kind         " + kind(device),
                "Path         " + device.path(),
                "Block size   " + device.blockSize(),
                "Attached by  " + (device.attachedBy().isEmpty() ? "nobody" : device.attachedBy()),
                "At block     " + (device.block() < 0 ? "-" : Long.toString(device.block())),
                "Task         " + (device.task().isEmpty() ? "none" : device.task()));
    }

    private static void readLabel(Session session, String device) {
        String title = titled("Label on", device);
        session.ask(title, controls -> controls.tape().readLabel(device), text -> session.show(title, text));
    }

    private static void readBlocks(Session session, String device) {
        String title = titled("Blocks on", device);
        Field blocks = Field.number(BLOCKS, "Blocks", Texts.TAPE_READ_HELP, "1", 1, MOST_BLOCKS);
        session.open(new Form(title, "", List.of(blocks), false, (s, values) -> {
            s.back();
            int count = Integer.parseInt(values.get(BLOCKS));
            s.ask(title, controls -> controls.tape().readBlocks(device, count), text -> s.show(title, text));
        }));
    }

    /** Ends what works on a device, if anything does. */
    private static void cancel(Session session, String device) {
        String title = titled("Cancel on", device);
        session.ask(title, controls -> task(controls, device), task -> {
            if (task.isEmpty()) {
                session.show(title, MessageCode.TAPE_NOTHING_TO_CANCEL.text(device));
            } else {
                Operation.asked(
                                title,
                                MessageCode.MENU_TAPE_CANCEL.text(
                                        task.get().kind(), task.get().message()),
                                (controls, values) -> controls.tasks()
                                        .cancel(task.get().id(), task.get().id()))
                        .open(session);
            }
        });
    }

    private static Optional<Task> task(ControlDirectory controls, String device) {
        String id = controls.tape().devices().stream()
                .filter(one -> one.name().equals(device))
                .map(TapeDevice::task)
                .findFirst()
                .orElse("");
        return controls.tasks().list(MOST_TASKS).stream()
                .filter(task -> task.id().equals(id) && task.underWay())
                .findFirst();
    }

    private static void attach(Session session, String device) {
        Operation.confirmed(
                        titled("Attach", device),
                        "",
                        List.of(number(BLOCK_SIZE, "Block size", Texts.TAPE_BLOCK_SIZE_HELP)),
                        (controls, values) -> controls.tape().attach(device, Integer.parseInt(values.get(BLOCK_SIZE))))
                .open(session);
    }

    private static void detach(Session session, String device) {
        give(session, titled("Detach", device), device, TapeMXBean::detach);
    }

    private static void unload(Session session, String device) {
        give(session, titled("Unload", device), device, TapeMXBean::unload);
    }

    /** How a device is given back. */
    @FunctionalInterface
    private interface Giving {
        OperationReceipt give(TapeMXBean tape, String device, String confirm);
    }

    private static void give(Session session, String title, String device, Giving giving) {
        Operation.confirmed(
                        title,
                        "",
                        List.of(text(Field.CONFIRM, "Confirm", Texts.tapeTakenHelp(device))),
                        (controls, values) -> giving.give(controls.tape(), device, values.get(Field.CONFIRM)))
                .open(session);
    }

    private static void move(
            Session session, String title, String help, BiFunction<TapeMXBean, Integer, OperationReceipt> moving) {
        Operation.confirmed(
                        title,
                        "",
                        List.of(number(BLOCKS, "Blocks", help)),
                        (controls, values) -> moving.apply(controls.tape(), Integer.valueOf(values.get(BLOCKS))))
                .open(session);
    }

    private static void writeFilemark(Session session, String device) {
        Operation.confirmed(
                        titled("Write filemark", device),
                        "",
                        List.of(overwrite(device)),
                        (controls, values) -> controls.tape().writeFilemark(device, values.get(Field.CONFIRM)))
                .open(session);
    }

    /** The field by which what a tape holds is given up. */
    static Field overwrite(String device) {
        return text(Field.CONFIRM, "Confirm", Texts.tapeOverwriteHelp(device));
    }

    /** A field that the node looks at. */
    static Field text(String key, String label, String help) {
        return Field.of(key, label, help, "", given -> given);
    }

    private static Field number(String key, String label, String help) {
        return Field.number(key, label, help, "0", 0, Integer.MAX_VALUE);
    }
}
