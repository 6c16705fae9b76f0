package org.hotbackup.resync;

import java.util.List;

/**
 * What came of it: the slave was proved equal.
 *
 * @param master the master's node
 * @param slave the slave's node
 * @param masterServer the server that sends
 * @param slaveServer the server that receives
 * @param restored accounts, and account,file, that were restored, by this call or one before it
 * @param removed accounts that only the slave had
 * @param bytes of the items that were restored
 * @param notedLsn of the master's log before anything was saved
 * @param savedLsn of the master's log when all was saved
 * @param provedLsn as of which the slave is proved equal
 * @param files how many were compared
 * @param seconds that this call took
 */
public record ResyncResult(
        String master,
        String slave,
        String masterServer,
        String slaveServer,
        List<String> restored,
        List<String> removed,
        long bytes,
        long notedLsn,
        long savedLsn,
        long provedLsn,
        int files,
        long seconds) {}
