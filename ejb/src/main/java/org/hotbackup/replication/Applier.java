package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.verify.CheckReport;

/**
 * What the slave server does to its database. Every method but {@link #position}, {@link #pending} and {@link #firstDelayed}
 * changes it in one durable database transaction, or throws and changes nothing. Blocks until durable.
 */
public interface Applier {

    /**
     * The committed position of this slave server, empty if it never applied anything.
     *
     * @throws StoreUnavailableException if it cannot be read now
     */
    Optional<Position> position();

    /**
     * A master calls.
     *
     * @param masterServer the name of its server, which checks for this slave are addressed with
     */
    default void calledBy(String masterServer) {}

    /**
     * Updates of these nodes arrive from now on. It is kept for good before it returns, so that this node's own slaves are
     * told before they get any of them (HB-015).
     *
     * @param nodeIds the master and whom it passes on
     * @param nothingWaits whether nothing has arrived that is not applied or delayed
     * @return whether anything is new
     * @throws StoreUnavailableException if it cannot be kept now
     */
    default boolean receives(List<String> nodeIds, boolean nothingWaits) {
        return false;
    }

    /**
     * Applies transactions in order, each as a whole, together with the position of the last one. What cannot be
     * performed is in lost+found afterwards.
     *
     * @param transactions consecutive, at least one
     * @param position of the last of them
     * @return what became of them
     * @throws ApplyBlockedException if it may succeed later
     */
    Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException;

    /**
     * Keeps transactions in {@code dm,hb.log,apply} instead, behind those that are there (HB-016).
     *
     * @param transactions consecutive, at least one
     * @param position of the last of them
     * @throws ApplyBlockedException if it may succeed later
     */
    Outcome delay(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException;

    /**
     * Applies the first of the transactions that were delayed, as many as one database transaction may take (HB-098).
     *
     * @param most no more than these, at least 1
     * @return what became of them: nothing if there are none
     * @throws ApplyBlockedException if it may succeed later
     */
    Outcome applyDelayed(int most) throws ApplyBlockedException;

    /** The first of the transactions that are delayed, empty if there are none. */
    Optional<ReceivedTransaction> firstDelayed();

    /**
     * Puts the first of the transactions that are delayed into lost+found, because an operator said so.
     *
     * @param blocked the one that is meant
     * @return what became of it: nothing if another one is the first by now
     * @throws ApplyBlockedException if it may succeed later
     */
    Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) throws ApplyBlockedException;

    /** How many transactions are delayed (HB-111: pending updates). From any thread. */
    long pending();

    /**
     * Puts a transaction that is blocked into lost+found, because an operator said so.
     *
     * @param position of this transaction
     * @throws ApplyBlockedException if it may succeed later
     */
    Outcome setAside(ReceivedTransaction transaction, ApplyBlockedException.Cause why, String reason, Position position)
            throws ApplyBlockedException;

    /**
     * What became of a batch.
     *
     * @param applied transactions applied
     * @param delayed transactions kept to be applied later
     * @param lostAndFound transactions kept in lost+found
     * @param lost number of the first of them and why, empty if there is none
     * @param reports what was found at the checks among them, in their order
     * @param created the accounts and files that were missing and are created because they needed them (HB-017)
     * @param unreadable the numbers of files that they updated and whose records in file-of-files cannot be read (HB-154)
     */
    record Outcome(
            int applied,
            int delayed,
            int lostAndFound,
            Optional<Lost> lost,
            List<CheckReport> reports,
            List<FilePath> created,
            List<Integer> unreadable) {

        /** Of transactions that needed nothing that was missing. */
        public Outcome(int applied, int delayed, int lostAndFound, Optional<Lost> lost, List<CheckReport> reports) {
            this(applied, delayed, lostAndFound, lost, reports, List.of(), List.of());
        }

        /** Of transactions without checks. */
        public Outcome(int applied, int delayed, int lostAndFound, Optional<Lost> lost) {
            this(applied, delayed, lostAndFound, lost, List.of());
        }

        /** Nothing happened. */
        public static final Outcome NOTHING = new Outcome(0, 0, 0, Optional.empty());
    }

    /**
     * A transaction in lost+found.
     *
     * @param transaction its number
     * @param reason why it cannot be performed
     */
    record Lost(long transaction, String reason) {}
}
