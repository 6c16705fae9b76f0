package org.hotbackup.saves;

import java.util.Optional;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;

/**
 * Where a file save stands in the transaction log (docs/adr/0025): an item of SYSTEM on the tape, which other systems take for one
 * that they do not know, since its first attribute is none of theirs. Attributes never move; new ones are added behind.
 *
 * @param node the name of the node that was saved
 * @param history identity of its store's history: LSNs of two histories cannot be compared
 * @param epoch the store's epoch
 * @param lsn everything that was logged up to this LSN is in the save
 * @param endLsn nothing that was logged after this LSN is
 */
public record SavedLog(String node, String history, long epoch, long lsn, long endLsn) {

    /** The item's id. */
    public static final ItemId ID = ItemId.of("HOT.BACKUP.LOG");

    private static final String CODE = "X";
    private static final int NODE = 2;
    private static final int HISTORY = 3;
    private static final int EPOCH = 4;
    private static final int LSN = 5;
    private static final int END_LSN = 6;
    private static final String NUMBER = "[0-9]{1,18}";

    /** The item. */
    public byte[] item() {
        return DynamicArray.ofAttributes(
                        CODE, node, history, Long.toString(epoch), Long.toString(lsn), Long.toString(endLsn))
                .bytes();
    }

    /** What an item of SYSTEM says; empty if it is another one. */
    public static Optional<SavedLog> in(ItemId id, byte[] body) {
        if (!id.equals(ID)) {
            return Optional.empty();
        }
        DynamicArray item = DynamicArray.of(body);
        boolean numbers = item.extract(EPOCH).matches(NUMBER)
                && item.extract(LSN).matches(NUMBER)
                && item.extract(END_LSN).matches(NUMBER);
        return item.extract(1).equals(CODE) && numbers
                ? Optional.of(new SavedLog(
                        item.extract(NODE),
                        item.extract(HISTORY),
                        Long.parseLong(item.extract(EPOCH)),
                        Long.parseLong(item.extract(LSN)),
                        Long.parseLong(item.extract(END_LSN))))
                : Optional.empty();
    }

    /**
     * What every label says: the LSN stands behind what somebody wanted there, for people, if there is room for all of it.
     *
     * @param most how many characters there is room for
     */
    public static String label(String wanted, long lsn, int most) {
        String both = (wanted + " LSN " + lsn).strip();
        return both.length() <= most ? both : wanted;
    }
}
