package org.hotbackup.health;

import java.util.Optional;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;

/**
 * What a replication server is like at one moment.
 *
 * @param name its name
 * @param master whether it is a master
 * @param insecure whether its link has neither encryption nor certificates
 * @param address of a master: the slave's host and port; of a slave: its port
 * @param running whether it runs
 * @param toRun whether it was started and not stopped since
 * @param statusSeconds how long its status has been what it is
 * @param figures its figures
 * @param queue master: what waits in its queue; empty if that cannot be found out
 * @param refusal that nothing flows because one side refuses the other
 * @param blocked slave: the transaction that cannot be applied now; master: the one that its slave does not acknowledge
 * @param applying whether updates are applied as they arrive
 * @param filesFailed slave: files that failed to open
 * @param behind master: that its slave misses something that is not in the queue
 * @param promoted slave: whether it was promoted
 * @param resyncLeft slave: accounts and files that a resync has to restore before the server may start; -1 if there is none
 * @param abandoned slave: that its image is not its master's since a resync was given up, a sentence; empty if that is not so
 * @param toBeProved slave: whether a resync restored its image and did not prove it equal yet
 * @param filesDifferent master: files that were found to be different on its slave
 * @param provedLsn master: as of which LSN all files were proved to be equal; 0 if not all were
 * @param lastMessage the last warning or error since it is in its status, else what it said last
 */
public record ServerFacts(
        String name,
        boolean master,
        boolean insecure,
        String address,
        boolean running,
        boolean toRun,
        long statusSeconds,
        ServerFigures figures,
        Optional<QueueFacts> queue,
        Optional<Refused> refusal,
        Optional<Blocked> blocked,
        boolean applying,
        int filesFailed,
        boolean behind,
        boolean promoted,
        int resyncLeft,
        String abandoned,
        boolean toBeProved,
        long filesDifferent,
        long provedLsn,
        String lastMessage) {

    /**
     * The queue of a master server.
     *
     * @param depth entries
     * @param bytes their bytes
     * @param ageMillis of the oldest, 0 if there is none
     * @param lagTransactions transactions that are not acknowledged, in the queue or on their way there
     * @param lagMillis age of the oldest of them, 0 if there is none
     */
    public record QueueFacts(long depth, long bytes, long ageMillis, long lagTransactions, long lagMillis) {}

    /**
     * That nothing flows because one side refuses the other.
     *
     * @param messageId why
     * @param text one sentence
     * @param seconds for how long
     */
    public record Refused(String messageId, String text, long seconds) {}

    /**
     * A transaction that cannot be applied.
     *
     * @param transaction its number
     * @param reason one clause
     * @param seconds for how long
     */
    public record Blocked(long transaction, String reason, long seconds) {}

    ServerStatus status() {
        return figures.status();
    }

    /** Whether no resync left it half made. */
    boolean isImageWhole() {
        return resyncLeft < 0 && abandoned.isEmpty();
    }

    /** The same, but that nothing is known of its queue. */
    ServerFacts withoutQueue() {
        return new ServerFacts(
                name,
                master,
                insecure,
                address,
                running,
                toRun,
                statusSeconds,
                figures,
                Optional.empty(),
                refusal,
                blocked,
                applying,
                filesFailed,
                behind,
                promoted,
                resyncLeft,
                abandoned,
                toBeProved,
                filesDifferent,
                provedLsn,
                lastMessage);
    }
}
