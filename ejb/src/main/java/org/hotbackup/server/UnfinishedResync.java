package org.hotbackup.server;

import java.util.List;
import java.util.stream.Stream;
import org.hotbackup.model.DynamicArray;

/**
 * A slave's image that is made anew from its master's, and is not whole, or not proved yet: what {@code hot-backup resync --master --slave} goes
 * on with, whoever calls it again.
 *
 * @param server the slave server, which stays stopped meanwhile
 * @param wanted the accounts, or {@code account,file}, that are to be restored
 * @param restored those of them that are
 * @param bytes of the items of those
 * @param notedLsn of the master's log, before anything of it was saved
 * @param anew whether both servers have to begin anew, and perhaps have not: the slave is behind a gap (ADR 9)
 * @param half what of it was begun and has not ended, empty if nothing was
 * @param toBeProved whether all is restored and the slave server goes on in the log, so that only the proof is missing
 * @param whole whether all accounts are wanted, so that its proof is one of the whole image
 * @param savedLsn of the master's log, when all was saved: from there on the image is one of a single moment; 0 before
 */
record UnfinishedResync(
        String server,
        List<String> wanted,
        List<String> restored,
        long bytes,
        long notedLsn,
        boolean anew,
        String half,
        boolean toBeProved,
        boolean whole,
        long savedLsn) {

    private static final int SERVER = 1;
    private static final int WANTED = 2;
    private static final int RESTORED = 3;
    private static final int NOTED_LSN = 4;
    private static final int ANEW = 5;
    private static final int BYTES = 6;
    private static final int HALF = 7;
    private static final int TO_BE_PROVED = 8;
    private static final int WHOLE = 9;
    private static final int SAVED_LSN = 10;

    /** One that begins. */
    static UnfinishedResync of(String server, List<String> wanted, long notedLsn, boolean anew) {
        return new UnfinishedResync(server, wanted, List.of(), 0, notedLsn, anew, "", false, anew, 0);
    }

    /** What an item holds. */
    static UnfinishedResync ofItem(byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        return new UnfinishedResync(
                attributes.extract(SERVER),
                attributes.values(WANTED),
                attributes.values(RESTORED),
                ServerDefinition.number(attributes, BYTES),
                ServerDefinition.number(attributes, NOTED_LSN),
                attributes.extract(ANEW).equals("1"),
                attributes.extract(HALF),
                attributes.extract(TO_BE_PROVED).equals("1"),
                attributes.extract(WHOLE).equals("1"),
                ServerDefinition.number(attributes, SAVED_LSN));
    }

    /** The item that holds it. */
    byte[] toItem() {
        return DynamicArray.of(new byte[0])
                .replace(SERVER, server)
                .replaceValues(WANTED, wanted)
                .replaceValues(RESTORED, restored)
                .replace(NOTED_LSN, Long.toString(notedLsn))
                .replace(ANEW, anew ? "1" : "")
                .replace(BYTES, Long.toString(bytes))
                .replace(HALF, half)
                .replace(TO_BE_PROVED, toBeProved ? "1" : "")
                .replace(WHOLE, whole ? "1" : "")
                .replace(SAVED_LSN, Long.toString(savedLsn))
                .bytes();
    }

    /** What is still to be restored. */
    List<String> left() {
        return wanted.stream().filter(one -> !restored.contains(one)).toList();
    }

    /** Whether the image may be another one than before it. */
    boolean isBegun() {
        return whole || !restored.isEmpty() || !half.isEmpty();
    }

    UnfinishedResync withRestored(String one, long more) {
        return new UnfinishedResync(
                server,
                wanted,
                Stream.concat(restored.stream(), Stream.of(one)).distinct().toList(),
                bytes + more,
                notedLsn,
                anew,
                one.equals(half) ? "" : half,
                false,
                whole,
                0);
    }

    UnfinishedResync withAnew(List<String> units, boolean now) {
        boolean all = whole && units.containsAll(wanted);
        return new UnfinishedResync(server, units, restored, bytes, notedLsn, now, half, false, all, 0);
    }

    UnfinishedResync withHalf(String one) {
        return new UnfinishedResync(server, wanted, restored, bytes, notedLsn, anew, one, false, whole, 0);
    }

    /** From now on only the proof is missing; what was saved when stays as it was known first. */
    UnfinishedResync withoutProof(long saved) {
        long known = toBeProved ? savedLsn : saved;
        return new UnfinishedResync(server, wanted, restored, bytes, notedLsn, anew, half, true, whole, known);
    }
}
