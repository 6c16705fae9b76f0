package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;

/**
 * Remembers the resync that is under way on a slave's node, through restarts: item {@code resync} of {@code dict dm,hb.log}. Before
 * all is restored the image is half of two, and its slave server is not started. Thread-safe.
 */
public final class ResyncJournal {

    private static final FilePath FILE = FilePath.dictionary("dm", "hb.log");
    private static final ItemId ITEM = ItemId.of("resync");

    private final SystemFiles files;
    private final StoreBean store;
    private volatile Optional<UnfinishedResync> now;

    /** The one that was under way when the node stopped, if there was one. */
    ResyncJournal(SystemFiles files, StoreBean store) {
        this.files = files;
        this.store = store;
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

    /** One of what is wanted takes the place of what is there, from now on. */
    synchronized void begun(String one) {
        keep(required().withHalf(one));
    }

    /** All is restored, so the slave server may go on; only the proof is missing. */
    synchronized void toBeProved() {
        keep(required().withoutProof());
        store.endResync();
    }

    /** There is nothing to be proved of a server that is deleted or promoted. */
    synchronized void leaveProof(String server) {
        if (now.filter(resync -> resync.toBeProved() && resync.server().equals(server))
                .isPresent()) {
            forget();
        }
    }

    synchronized void forget() {
        files.delete(FILE, ITEM);
        now = Optional.empty();
        store.endResync();
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
