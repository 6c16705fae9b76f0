package org.hotbackup.resync;

import java.util.List;
import java.util.Optional;
import org.hotbackup.client.HostPort;

/**
 * What is wanted.
 *
 * @param units accounts, and account,file; empty for all accounts
 * @param server the master server; empty if there is only one that fits
 * @param port on which the slave's node receives the tapes
 * @param call where the master's node reaches that, if not at the host of the servers
 * @param share the most time that comparing may take, in percent
 * @param reason why, for the permanent logs
 * @param proofOnly whether nothing is carried on tapes: what differs goes through the log
 * @param from where the command runs, for people who want to give another one
 */
public record ResyncRequest(
        List<String> units,
        Optional<String> server,
        int port,
        Optional<HostPort> call,
        int share,
        String reason,
        boolean proofOnly,
        String from) {

    /** Whether all accounts are wanted. */
    boolean isWhole() {
        return units.isEmpty();
    }
}
