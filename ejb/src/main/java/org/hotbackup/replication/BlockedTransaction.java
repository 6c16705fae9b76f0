package org.hotbackup.replication;

/**
 * A transaction that is tried again and again because it cannot be applied now (HB-181).
 *
 * @param transaction as it arrived
 * @param what stands in the way
 * @param reason one clause for people
 */
public record BlockedTransaction(ReceivedTransaction transaction, ApplyBlockedException.Cause what, String reason) {

    long number() {
        return transaction.number();
    }
}
