package org.hotbackup.resync;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The proof at the end of a resync: the slave catches up with the log, and both images are compared. For one thread. */
final class ResyncProof {

    private static final int MOST = 1_000;
    private static final String DONE = "done";
    private static final String STOPPED = "stopped";

    private final ControlDirectory master;
    private final ControlDirectory slave;
    private final ServerPair pair;
    private final ResyncRequest request;
    private final ResyncWatch watch;

    ResyncProof(
            ControlDirectory master,
            ControlDirectory slave,
            ServerPair pair,
            ResyncRequest request,
            ResyncWatch watch) {
        this.master = master;
        this.slave = slave;
        this.pair = pair;
        this.request = request;
        this.watch = watch;
    }

    /**
     * Waits until the slave has what was logged while all was saved, and has both sides compared.
     *
     * @param saved the last LSN of the master's log when all was saved
     * @return the files, each of which is equal
     * @throws Refusal if they are not, or if that cannot be found out
     */
    List<VerifiedFile> make(long saved) {
        catchUp(saved);
        VerificationMXBean verification = master.verification(pair.master());
        compare(verification);
        List<VerifiedFile> files = files(verification);
        long different =
                files.stream().filter(file -> !file.finding().equals("equal")).count();
        if (different > 0) {
            // repairing through the log did not help: the same command restores all
            slave.resync().abandon(pair.slave(), request.reason());
            throw failed(MessageCode.VERIFY_DIFFERENT.text(different, verification.getItemsDifferent()));
        }
        return files;
    }

    private void catchUp(long saved) {
        List<QueueEntry> oldest = master.transactionLogQueue().list(pair.master(), 0, 1);
        while (!oldest.isEmpty() && oldest.get(0).lsn() <= saved) {
            refuseIfHopeless();
            watch.progress(MessageCode.RESYNC_CATCHES_UP.text(oldest.get(0).lsn(), saved));
            watch.pause();
            oldest = master.transactionLogQueue().list(pair.master(), 0, 1);
        }
    }

    private void compare(VerificationMXBean verification) {
        String state = verification.getState();
        if (!state.equals(DONE) && !state.equals(STOPPED)) {
            // one that goes on for ever, perhaps
            verification.stop();
        }
        watch.say(Answers.done(verification.prove(
                        String.join(" ", request.units()), request.share(), pair.master(), request.reason()))
                .message());
        while (!verification.getState().equals(DONE)) {
            if (verification.getState().equals(STOPPED)) {
                throw failed(MessageCode.VERIFY_STOPPED.text(pair.master()));
            }
            refuseIfHopeless();
            watch.progress(verification.getFilesDone() + " of " + verification.getFiles() + " files compared"
                    + (verification.getTrouble().isEmpty() ? "" : "; " + verification.getTrouble()));
            watch.pause();
        }
    }

    /** Waiting is of no use where the slave refuses what is sent, or its node does not answer any more. */
    private void refuseIfHopeless() {
        slave.node().getName();
        String refusal = master.server(pair.master()).getRefusal();
        if (!refusal.isEmpty()) {
            throw failed(refusal);
        }
    }

    /**
     * That it was not made.
     *
     * @param why a sentence
     */
    Refusal failed(String why) {
        return new Refusal(MessageCode.RESYNC_NOT_PROVED, pair.slaveNode(), pair.masterNode(), why, pair.master());
    }

    private static List<VerifiedFile> files(VerificationMXBean verification) {
        List<VerifiedFile> all = new ArrayList<>();
        List<VerifiedFile> page = verification.files("", MOST);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = verification.files(page.get(page.size() - 1).path(), MOST);
        }
        return all;
    }
}
