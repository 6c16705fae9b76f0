package org.hotbackup.control;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ConstructorParameters;

/**
 * What a slave server counted since it was started (HB-075). A master server gets it from its slave in words, so the words
 * are read here, too; a number that a slave of another version does not tell is -1.
 *
 * @param received transactions that arrived and were no repeats
 * @param applied transactions applied
 * @param pendingUpdates updates that wait in {@code hb.log,apply}
 * @param lostAndFound transactions that went to lost+found
 * @param databaseTransactions commits of its database
 * @param bytesReceived bytes that arrived over the link
 * @param conversations how often a master server connected
 * @param lastTransaction number of the last transaction that was dealt with
 */
public record TransactionStatistics(
        long received,
        long applied,
        long pendingUpdates,
        long lostAndFound,
        long databaseTransactions,
        long bytesReceived,
        long conversations,
        long lastTransaction) {

    private static final String RECEIVED = "Transactions received";
    private static final String APPLIED = "Transactions applied";
    private static final String PENDING = "Pending updates";
    private static final String LOST = "In lost+found";
    private static final String DATABASE = "Database transactions";
    private static final String BYTES = "Bytes received";
    private static final String CONVERSATIONS = "Conversations";
    private static final String LAST = "Last transaction";

    /** For MXBean tools. */
    @ConstructorParameters({
        "received",
        "applied",
        "pendingUpdates",
        "lostAndFound",
        "databaseTransactions",
        "bytesReceived",
        "conversations",
        "lastTransaction"
    })
    public TransactionStatistics {}

    /** Those that {@link #toString} wrote. */
    public static TransactionStatistics of(String text) {
        return new TransactionStatistics(
                number(text, RECEIVED),
                number(text, APPLIED),
                number(text, PENDING),
                number(text, LOST),
                number(text, DATABASE),
                number(text, BYTES),
                number(text, CONVERSATIONS),
                number(text, LAST));
    }

    private static long number(String text, String label) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(label) + " +([0-9]{1,18})$")
                .matcher(text);
        return line.find() ? Long.parseLong(line.group(1)) : -1;
    }

    public long getReceived() {
        return received;
    }

    public long getApplied() {
        return applied;
    }

    public long getPendingUpdates() {
        return pendingUpdates;
    }

    public long getLostAndFound() {
        return lostAndFound;
    }

    public long getDatabaseTransactions() {
        return databaseTransactions;
    }

    public long getBytesReceived() {
        return bytesReceived;
    }

    public long getConversations() {
        return conversations;
    }

    public long getLastTransaction() {
        return lastTransaction;
    }

    /** For people, a number a line. */
    @Override
    public String toString() {
        return String.join(
                System.lineSeparator(),
                line(RECEIVED, received),
                line(APPLIED, applied),
                line(PENDING, pendingUpdates),
                line(LOST, lostAndFound),
                line(DATABASE, databaseTransactions),
                line(BYTES, bytesReceived),
                line(CONVERSATIONS, conversations),
                line(LAST, lastTransaction));
    }

    private static String line(String label, long number) {
        return String.format("%-23s %d", label, number);
    }
}
