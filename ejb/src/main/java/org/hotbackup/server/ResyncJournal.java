package org.hotbackup.server;

import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * Remembers the resync that is under way on a slave's node, through restarts: item {@code resync} of {@code dict dm,hb.log}. Before
 * all is restored the image is half of two, and its slave server is not started. One that was given up leaves a mark ({@link
 * AbandonedImages}): its slave server may be started, and is not promoted. Thread-safe.
 */
public final class ResyncJournal {

    private static final FilePath FILE = FilePath.dictionary("dm", "hb.log");
    private static final ItemId ITEM = ItemId.of("resync");

    private static final Runnable NOTHING = () -> {};

    private final SystemFiles files;
    private final Runnable endRestore;
    private final String node;
    private final AbandonedImages abandoned;
    private volatile Optional<UnfinishedResync> now;
    private Runnable cancelRestore = NOTHING;

    /**
     * The one that was under way when the node stopped, if there was one.
     *
     * @param endRestore from now on nothing is restored for one
     * @param node its name
     */
    ResyncJournal(SystemFiles files, Runnable endRestore, String node) {
        this.files = files;
        this.endRestore = endRestore;
        this.node = node;
        abandoned = new AbandonedImages(files);
        now = files.read(FILE, ITEM).map(UnfinishedResync::ofItem);
    }

    /** The one that is under way, if only to be proved. */
    Optional<UnfinishedResync> now() {
        return now;
    }

    /** The one whose image is not whole. */
    Optional<UnfinishedResync> unfinished() {
        return now.filter(resync -> !resync.toBeProved());
    }

    /**
     * The one whose image is not whole.
     *
     * @throws Refusal if there is none
     */
    UnfinishedResync required() {
        return unfinished().orElseThrow(() -> new Refusal(MessageCode.RESYNC_NONE));
    }

    synchronized void keep(UnfinishedResync resync) {
        files.write(FILE, ITEM, resync.toItem());
        now = Optional.of(resync);
    }

    /** One of what is wanted is restored. */
    synchronized void restored(String one, long bytes) {
        keep(required().withRestored(one, bytes));
    }

    /**
     * One of what is wanted takes the place of what is there, from now on.
     *
     * @param cancel ends that, should the resync be given up
     */
    synchronized void begun(String one, Runnable cancel) {
        keep(required().withHalf(one));
        cancelRestore = cancel;
    }

    /**
     * All is restored, so the slave server may go on; only the proof is missing.
     *
     * @param savedLsn the last LSN of the master's log by now
     */
    synchronized void toBeProved(long savedLsn) {
        keep(now.orElseThrow(() -> new Refusal(MessageCode.RESYNC_NONE)).withoutProof(savedLsn));
        endRestore.run();
    }

    /** There is nothing to be proved of a server that is deleted or promoted. */
    synchronized void leaveProof(String server) {
        if (isToBeProved(server)) {
            forget();
        }
    }

    /** One of this slave server is given up, also if only its proof is missing: its image is not relied on. */
    synchronized void giveUp(String server) {
        now.filter(resync -> resync.server().equals(server)).ifPresent(resync -> {
            abandoned.abandoned(resync);
            forget();
        });
    }

    /**
     * An image was proved equal, or as much of it as that is.
     *
     * @param units accounts, and {@code account,file}; empty for all
     */
    synchronized void proved(String server, List<String> units) {
        abandoned.proved(server, units);
        boolean all = now.filter(resync -> units.isEmpty() || units.containsAll(resync.wanted()))
                .isPresent();
        if (all && isToBeProved(server)) {
            forget();
        }
    }

    /** It is given up; that the image is not whole, or was not proved so, stays known. */
    synchronized void abandon() {
        now.filter(resync -> resync.toBeProved() || resync.isBegun()).ifPresent(abandoned::abandoned);
        forget();
    }

    /** A server that is deleted has no image. */
    synchronized void forgetServer(String server) {
        leaveProof(server);
        abandoned.forget(server);
    }

    private void forget() {
        files.delete(FILE, ITEM);
        now = Optional.empty();
        endRestore.run();
        cancelRestore.run();
        cancelRestore = NOTHING;
    }

    /**
     * Leaves alone what rests on the image of a slave server.
     *
     * @throws Refusal if that is not whole
     */
    void refuse(String server) {
        unfinished().filter(resync -> resync.server().equals(server)).ifPresent(resync -> {
            throw new Refusal(
                    MessageCode.RESYNC_UNFINISHED, server, resync.left().size());
        });
    }

    /** Whether a resync of this slave server is under way, if only to be proved, or was given up. */
    boolean knows(String server) {
        return now.filter(resync -> resync.server().equals(server)).isPresent()
                || abandoned.of(server).isPresent();
    }

    /** Whether all of this slave server's image is restored, and only the proof is missing. */
    public boolean isToBeProved(String server) {
        return now.filter(resync -> resync.toBeProved() && resync.server().equals(server))
                .isPresent();
    }

    /**
     * What is lost if others rely on the image of a slave server; empty if it is its master's as of one moment.
     *
     * @param appliedLsn up to which it has applied the log; empty if it has applied nothing of it yet
     */
    Optional<ImageLoss> loss(String server, Optional<Long> appliedLsn) {
        Optional<UnfinishedResync> own = now.filter(resync -> resync.server().equals(server));
        Optional<ImageLoss> half = own.filter(resync -> !resync.toBeProved()).map(resync -> {
            List<String> left = resync.left();
            return ImageLoss.of(
                    MessageCode.RESYNC_UNFINISHED.text(server, left.size()),
                    // all that is restored rests on the log, too
                    left.isEmpty() ? resync.wanted() : left);
        });
        return half.or(() -> abandoned
                        .of(server)
                        .map(image -> ImageLoss.of(MessageCode.IMAGE_ABANDONED.text(values(image)), image.missing())))
                .or(() -> own.flatMap(resync -> behindSave(resync, appliedLsn)));
    }

    /** Its accounts were saved one after the other: only the log up to the end of the last save makes them one image. */
    private static Optional<ImageLoss> behindSave(UnfinishedResync resync, Optional<Long> applied) {
        long appliedLsn = applied.orElse(resync.notedLsn());
        return appliedLsn >= resync.savedLsn()
                ? Optional.empty()
                : Optional.of(new ImageLoss(
                        MessageCode.IMAGE_BEHIND_SAVE.text(resync.server(), appliedLsn, resync.savedLsn()),
                        appliedLsn + 1 + "-" + resync.savedLsn()));
    }

    /** That this slave server's image is not its master's since a resync was given up, a sentence; empty if that is not so. */
    public String abandoned(String server) {
        return abandoned
                .of(server)
                .filter(image -> !isOf(server))
                .map(image -> MessageCode.IMAGE_ABANDONED.text(values(image)))
                .orElse("");
    }

    private Object[] values(AbandonedImage image) {
        return new Object[] {image.server(), Resyncs.words(image.missing()), Resyncs.words(image.half()), node};
    }

    /** How many accounts and files this slave server's image lacks; -1 if it is whole. */
    public int left(String server) {
        return unfinished()
                .filter(resync -> resync.server().equals(server))
                .map(resync -> resync.left().size())
                .orElse(-1);
    }

    /** Whether it is the image of this slave server that is not whole. */
    boolean isOf(String server) {
        return unfinished().filter(resync -> resync.server().equals(server)).isPresent();
    }
}
