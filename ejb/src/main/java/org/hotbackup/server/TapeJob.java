package org.hotbackup.server;

import jakarta.ejb.EJBException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.device.StopSign;
import org.hotbackup.saves.TapeWork;

/**
 * A save, a restore or a check on a tape device: what it does, how far it is, and what came of it. Runs on a thread of its
 * own, is asked and cancelled by others.
 */
public final class TapeJob implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(TapeJob.class.getName());
    private static final int RAISES = 50;
    private static final Duration BETWEEN_RAISES = Duration.ofMillis(100);
    private static final int WHOLE = 100;
    private static final long KILO = 1_000;

    private final String id;
    private final String kind;
    private final String device;
    private final String subject;
    private final Clock clock;
    private final long startedAtMillis;
    private final Work work;
    private final TapeWork done = new TapeWork();
    private final StopSign stop;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile IntSupplier percent = done::percent;
    private volatile OperationReceipt receipt;
    private volatile boolean stopped;

    /** What is done. */
    @FunctionalInterface
    interface Work {

        /**
         * Does it.
         *
         * @throws Refusal if it cannot be done, or not to its end
         * @throws StopSign.Stopped if it was told to stop
         */
        OperationReceipt on(TapeJob job);
    }

    /**
     * Not yet begun.
     *
     * @param kind the operation, in the manual's word
     * @param subject what it is about
     */
    TapeJob(String id, String kind, String device, String subject, Clock clock, Work work) {
        this.id = id;
        this.kind = kind;
        this.device = device;
        this.subject = subject;
        this.clock = clock;
        this.stop = new StopSign(clock::millis);
        this.startedAtMillis = clock.millis();
        this.work = work;
    }

    /** One that ended with the process in which it ran; what came of it is all that is known. */
    static TapeJob brokenOff(String id, String kind, TapeDeviceDefinition on, Set<String> half, Clock clock) {
        String device = on.name();
        TapeJob job = new TapeJob(id, kind, device, "", clock, of -> {
            throw new Refusal(MessageCode.TAPE_BROKEN_OFF, kind, device, whatRemains(kind, on, half));
        });
        job.run();
        return job;
    }

    private static String whatRemains(String kind, TapeDeviceDefinition on, Set<String> half) {
        if (kind.equals("t-chk")) {
            return "check the tape again";
        } else if (isWriting(kind)) {
            return on.kind().hasPositions()
                    ? "the tape is as it was before, write it again"
                    : "what it wrote has no end and cannot be restored, write it again";
        }
        return half.isEmpty()
                ? "what it had restored stands, and it left no account by half"
                : "what it had restored stands; half restored: " + String.join(", ", half)
                        + "; the same restore makes these anew";
    }

    private static boolean isWriting(String kind) {
        return kind.equals("t-dump") || kind.endsWith("save");
    }

    @Override
    public void run() {
        OperationReceipt answer = OperationReceipt.refused(MessageCode.INTERNAL_ERROR, "Error");
        try {
            answer = work.on(this);
        } catch (StopSign.Stopped e) {
            stopped = true;
            answer = OperationReceipt.refused(ended(cancelled()));
        } catch (Refusal e) {
            answer = OperationReceipt.refused(ended(e));
        } catch (EJBException e) {
            stopped = isShutDown(e);
            answer = stopped
                    ? OperationReceipt.refused(ended(new Refusal(MessageCode.TAPE_NODE_STOPPED, kind, device)))
                    : failed(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            answer = failed(e);
        } finally {
            receipt = answer;
            over.countDown();
        }
    }

    private OperationReceipt failed(Throwable e) {
        LOGGER.log(Level.SEVERE, e, () -> kind + " on device " + device + " failed");
        return OperationReceipt.refused(MessageCode.INTERNAL_ERROR, e.getClass().getSimpleName());
    }

    /** A container that is being stopped calls no bean any more, and nothing in a bean failed. */
    private boolean isShutDown(EJBException e) {
        return stop.isRaised() || e.getCause() == null || e.getCause() instanceof IllegalStateException;
    }

    /** Who works on a device knows nothing of reels and images where nothing is recorded. */
    Refusal ofDevice(Refusal e) {
        return e.code() == MessageCode.TAPE_EMPTY || e.code() == MessageCode.TAPE_BLANK
                ? new Refusal(MessageCode.TAPE_DEVICE_BLANK, device)
                : e;
    }

    /** A restore that ended before its end says what stands, and what is half there. */
    private Refusal ended(Refusal e) {
        Refusal said = ofDevice(e);
        if (said.code() == MessageCode.TAPE_DEVICE_BLANK) {
            return said;
        }
        boolean inTheMiddle = e.code() == MessageCode.CLOSED_FOR_UPDATES
                && (done.items() > 0 || !done.unfinished().isEmpty());
        Refusal why = inTheMiddle ? new Refusal(MessageCode.TAPE_RESTORE_CLOSED, done.items()) : e;
        return done.unfinished().isEmpty()
                ? why
                : new Refusal(
                        MessageCode.TAPE_HALF_RESTORED,
                        why.getMessage(),
                        String.join(", ", new TreeSet<>(done.unfinished())));
    }

    private Refusal cancelled() {
        if (kind.equals("t-chk")) {
            return new Refusal(MessageCode.TAPE_CHECK_CANCELLED, device);
        }
        return isWriting(kind)
                ? new Refusal(MessageCode.TAPE_WRITING_CANCELLED, kind, device)
                : new Refusal(MessageCode.TAPE_READING_CANCELLED, kind, device, done.items());
    }

    /** Waits for its end, but not longer than this. */
    boolean await(Duration patience) {
        try {
            return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Cancels it; returns when it is over, or does not come to its end for some seconds. */
    public OperationReceipt cancel() {
        for (int i = 0; i < RAISES && !isOver(); i++) {
            stop.raise();
            await(BETWEEN_RAISES);
        }
        return receipt();
    }

    /** Tells how far it is, if that is known better than by what was expected. */
    void progress(IntSupplier better) {
        percent = better;
    }

    /** What ends it. */
    StopSign stop() {
        return stop;
    }

    /** What it has done up to now. */
    public TapeWork done() {
        return done;
    }

    /** What came of it; accepted as long as it goes on. */
    public OperationReceipt receipt() {
        OperationReceipt answer = receipt;
        return answer != null
                ? answer
                : OperationReceipt.accepted(MessageCode.TAPE_BEGUN, kind, device, id)
                        .asTask(id);
    }

    /** The id of its task. */
    public String id() {
        return id;
    }

    /** The operation, in the manual's word. */
    public String kind() {
        return kind;
    }

    /** What it is about. */
    public String subject() {
        return subject;
    }

    /** What it does with what; of one that ended with its process it is not known with what. */
    public String title() {
        return subject.isEmpty() ? kind : kind + " of " + subject;
    }

    /** Whether it came to an end. */
    public boolean isOver() {
        return receipt != null;
    }

    /** Whether that was because somebody cancelled it. */
    public boolean isStopped() {
        return stopped;
    }

    /** When it began, epoch milliseconds. */
    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** How far it is, -1 if that is not known. */
    public int percent() {
        return isOver() ? receipt.outcome() == OperationReceipt.Outcome.DONE ? WHOLE : -1 : percent.getAsInt();
    }

    /** What it does now, how fast, and when it may be over, for people; what came of it. */
    public String message() {
        if (isOver()) {
            return receipt.message();
        }
        if (!stop.waiting().isEmpty()) {
            return "waits " + stop.waiting();
        }
        long millis = Math.max(1, clock.millis() - startedAtMillis - stop.waitedMillis());
        int now = percent();
        long left = now > 0 ? millis * (WHOLE - now) / now / KILO : -1;
        return "items " + done.items() + ", bytes " + done.bytes() + ", " + done.bytes() * KILO / millis / KILO
                + " KB a second" + (left < 0 ? "" : ", about " + left + " s left")
                + (done.current().isEmpty() ? "" : ", at " + done.current());
    }
}
