package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.device.TapeDrive;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.saves.HalfRestored;
import org.hotbackup.tape.TapeLabel;

/**
 * One tape device: who has it, where it stands, and what works on it. A user who attaches it has it until he detaches it; who
 * uses it without has it for as long as that takes. Thread-safe.
 */
public final class TapeStation {

    /** What stands in the jobs. */
    private static final Pattern JOB =
            Pattern.compile("(?<kind>[a-z-]+) device=(?<device>[^ ]+) task=tape:[^ ]+:(?<task>[0-9]{1,9})");

    private static final Pattern TASK = Pattern.compile("tape:(?<device>[^ ]+):(?<task>[0-9]{1,9})");

    /** The most blocks that are shown at once. */
    private static final int MOST_SHOWN = 100;

    private final TapeDeviceDefinition definition;
    private final IntFunction<TapeDrive> attaching;
    private final ThreadFactory threads;
    private final Clock clock;
    private final Duration patience;
    private final Jobs jobs;
    private final ServerMessages log;
    private TapeDrive drive;
    private String owner = "";
    private TapeJob job;
    private long tasks;

    /** Work on the device. */
    @FunctionalInterface
    interface Work {
        /** Does it, see {@link TapeJob.Work}. */
        OperationReceipt on(TapeDrive drive, TapeJob job);
    }

    /**
     * A device that nobody has.
     *
     * @param attaching attaches it, with the block size that is wanted, 0 for none
     * @param patience how long who asks for something waits for its end before he is told of its task
     * @param jobs has what works on it, too
     * @param log is told what begins and what came of it
     */
    TapeStation(
            TapeDeviceDefinition definition,
            IntFunction<TapeDrive> attaching,
            ThreadFactory threads,
            Clock clock,
            Duration patience,
            Jobs jobs,
            ServerMessages log) {
        this.definition = definition;
        this.attaching = attaching;
        this.threads = threads;
        this.clock = clock;
        this.patience = patience;
        this.jobs = jobs;
        this.log = log;
    }

    /**
     * What worked on it when the process before this one ended says so, as any that came to its end.
     *
     * @param command as it stands in the jobs
     * @param half all that is half restored, by this or by others
     */
    synchronized void foundBrokenOff(String command, List<HalfRestored> half) {
        Matcher found = JOB.matcher(command);
        if (found.matches() && found.group("device").equals(definition.name())) {
            tasks = Long.parseLong(found.group("task"));
            Set<String> its = half.stream()
                    .filter(one -> one.task().equals(task()))
                    .map(HalfRestored::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            job = TapeJob.brokenOff(task(), found.group("kind"), definition, its, clock);
            log.say(
                    MessageCode.TAPE_NOT_DONE,
                    job.kind(),
                    definition.name(),
                    job.receipt().message());
        }
    }

    /** Gives no task the number of one that left something half restored: the two would be taken for one. */
    synchronized void keepsNumberOf(HalfRestored half) {
        Matcher found = TASK.matcher(half.task());
        if (found.matches() && found.group("device").equals(definition.name())) {
            tasks = Math.max(tasks, Long.parseLong(found.group("task")));
        }
    }

    /** The number of the task that was begun last, 0 if none was. */
    synchronized long lastTask() {
        return tasks;
    }

    private String task() {
        return "tape:" + definition.name() + ":" + tasks;
    }

    /** How it is configured. */
    public TapeDeviceDefinition definition() {
        return definition;
    }

    /** Who has it, empty if nobody. */
    public synchronized String owner() {
        return owner;
    }

    /** The bytes of data in a block. */
    public synchronized int blockSize() {
        return drive == null ? definition.blockSize() : drive.format().dataBytes();
    }

    /** Where it stands, -1 if that is not known. */
    public synchronized long block() {
        return drive == null ? -1 : drive.block();
    }

    /** What works on it, or did last. */
    public synchronized Optional<TapeJob> job() {
        return Optional.ofNullable(job);
    }

    /**
     * t-att.
     *
     * @param by who
     * @param blockSize bytes of data in a block, 0 as the tape says
     */
    public synchronized OperationReceipt attach(String by, int blockSize) {
        refuseBusy();
        if (!owner.isEmpty() && !owner.equals(by)) {
            throw taken();
        }
        drive = attaching.apply(blockSize);
        owner = by;
        return OperationReceipt.done(
                MessageCode.TAPE_ATTACHED,
                definition.name(),
                definition.kind().words(),
                drive.format().dataBytes());
    }

    private Refusal taken() {
        return new Refusal(MessageCode.TAPE_DEVICE_TAKEN, definition.name(), owner);
    }

    /** t-det. */
    public synchronized OperationReceipt detach(String by, String confirm) {
        refuseBusy();
        if (drive == null) {
            throw notAttached();
        } else if (!owner.equals(by) && !definition.name().equals(confirm)) {
            throw taken();
        }
        drive = null;
        owner = "";
        return OperationReceipt.done(MessageCode.TAPE_DETACHED, definition.name());
    }

    private Refusal notAttached() {
        return new Refusal(MessageCode.TAPE_DEVICE_NOT_ATTACHED, definition.name());
    }

    /** t-rew. */
    public synchronized OperationReceipt rewind(String by) {
        TapeDrive mine = own(by);
        mine.refuseWithoutPositions("t-rew");
        mine.rewind();
        return stands();
    }

    /** t-fwd. */
    public synchronized OperationReceipt forward(String by, int blocks) {
        own(by).forward(notNegative(blocks));
        return stands();
    }

    /** t-bck. */
    public synchronized OperationReceipt back(String by, int blocks) {
        own(by).back(notNegative(blocks));
        return stands();
    }

    private static int notNegative(int blocks) {
        if (blocks < 0) {
            throw new Refusal(MessageCode.MALFORMED_REQUEST, "blocks is " + blocks + ", give 0 or more");
        }
        return blocks;
    }

    /** t-weof. */
    public synchronized OperationReceipt writeFilemark(String by, String confirm) {
        TapeDrive mine = own(by);
        refuseWriting(mine, confirm);
        mine.writeFilemark();
        return stands();
    }

    private OperationReceipt stands() {
        return OperationReceipt.done(MessageCode.TAPE_STANDS, definition.name(), where(), drive.place());
    }

    private String where() {
        return drive.block() + (drive.reel() > 1 ? " of reel " + drive.reel() : "");
    }

    /** t-eod. */
    public synchronized OperationReceipt endOfData(String by) {
        own(by).endOfData();
        return stands();
    }

    /** t-unld: who attaches it next begins at the beginning of what is in it then. */
    public synchronized OperationReceipt unload(String by, String confirm) {
        detach(by, confirm);
        return OperationReceipt.done(MessageCode.TAPE_UNLOADED, definition.name());
    }

    /**
     * t-read.
     *
     * @param blocks how many
     */
    public synchronized String readBlocks(int blocks) {
        refuseBusy();
        if (drive == null) {
            throw notAttached();
        } else if (blocks < 1 || blocks > MOST_SHOWN) {
            throw new Refusal(MessageCode.TAPE_BLOCKS_UNUSABLE, blocks, MOST_SHOWN);
        }
        return drive.shown(blocks);
    }

    /** t-rdlbl. */
    public synchronized String readLabel() {
        refuseBusy();
        if (drive == null) {
            throw notAttached();
        }
        return drive.label()
                .map(TapeStation::text)
                .orElseGet(() -> MessageCode.TAPE_NO_LABEL.text(definition.name(), drive.block()));
    }

    private static String text(TapeLabel label) {
        return String.join(
                System.lineSeparator(),
                "Label       " + label.text().replaceAll("\\p{Cntrl}", "."),
                "Written     " + label.stamp().replaceAll("\\p{Cntrl}", "."),
                "Block size  " + label.blockSize(),
                "Reel        " + label.reel());
    }

    /** The drive, if it is his. */
    private TapeDrive own(String by) {
        refuseBusy();
        if (drive == null) {
            throw notAttached();
        } else if (!owner.equals(by)) {
            throw taken();
        }
        return drive;
    }

    private void refuseBusy() {
        if (job != null && !job.isOver()) {
            throw new Refusal(MessageCode.TAPE_DEVICE_BUSY, definition.name(), job.id());
        }
    }

    private void refuseWriting(TapeDrive of, String confirm) {
        if (definition.readOnly()) {
            throw new Refusal(MessageCode.TAPE_DEVICE_READ_ONLY, definition.name());
        } else if (!definition.name().equals(confirm.strip()) && of.holdsSomething()) {
            String from = of.block() < 0 ? "where it stands" : "block " + where();
            throw new Refusal(MessageCode.TAPE_HOLDS_SOMETHING, definition.name(), from);
        }
    }

    /**
     * Begins what writes to it.
     *
     * @param kind the operation, in the manual's word
     * @param subject what it is about
     * @param confirm the device's name, if what follows on the tape may go
     */
    OperationReceipt write(String by, String kind, String subject, String confirm, Work work) {
        return workOn(by, kind, subject, mine -> refuseWriting(mine, confirm), work);
    }

    /**
     * Begins what reads it.
     *
     * @param rewound whether it begins at the beginning of the tape, wherever the device stands
     */
    OperationReceipt read(String by, String kind, String subject, boolean rewound, Work work) {
        Consumer<TapeDrive> before = rewound ? TapeDrive::rewind : mine -> {};
        return workOn(by, kind, subject, before, work);
    }

    private OperationReceipt workOn(String by, String kind, String subject, Consumer<TapeDrive> before, Work work) {
        TapeJob begun;
        synchronized (this) {
            boolean whileItLasts = take(by);
            try {
                before.accept(drive);
                begun = begin(kind, subject, whileItLasts, work);
            } catch (RuntimeException e) {
                giveBack(whileItLasts);
                throw e;
            }
        }
        begun.await(patience);
        return begun.receipt();
    }

    /** Makes it somebody's; whether it was nobody's. */
    private boolean take(String by) {
        refuseBusy();
        if (drive != null) {
            own(by);
            return false;
        }
        drive = attaching.apply(0);
        owner = by;
        return true;
    }

    private synchronized void giveBack(boolean whileItLasts) {
        if (whileItLasts) {
            drive = null;
            owner = "";
        }
    }

    private TapeJob begin(String kind, String subject, boolean whileItLasts, Work work) {
        TapeDrive mine = drive;
        tasks++;
        TapeJob begun = new TapeJob(task(), kind, definition.name(), subject, clock, of -> {
            try {
                return work.on(mine, of);
            } finally {
                giveBack(whileItLasts);
            }
        });
        Thread thread = threads.newThread(() -> {
            String entry = jobs.queue(kind + " device=" + definition.name() + " task=" + begun.id());
            jobs.run(
                    entry,
                    Thread.currentThread().getId(),
                    ProcessHandle.current().pid());
            begun.run();
            OperationReceipt receipt = begun.receipt();
            jobs.end(entry, status(begun));
            boolean done = receipt.outcome() == OperationReceipt.Outcome.DONE;
            log.say(done ? MessageCode.TAPE_DONE : MessageCode.TAPE_NOT_DONE, kind, subject, receipt.message());
        });
        if (thread == null) {
            throw new Refusal(MessageCode.NO_THREAD);
        }
        job = begun;
        thread.start();
        return begun;
    }

    private static Jobs.Status status(TapeJob over) {
        if (over.isStopped()) {
            return Jobs.Status.LOGGED_OFF;
        }
        boolean done = over.receipt().outcome() == OperationReceipt.Outcome.DONE;
        return done ? Jobs.Status.COMPLETED : Jobs.Status.ERROR;
    }

    /** Cancels what goes on. */
    void shutDown() {
        job().ifPresent(TapeJob::cancel);
    }
}
