package org.hotbackup.server;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hotbackup.model.DynamicArray;

/**
 * A slave's image that is not its master's, because a resync was given up in the middle.
 *
 * @param server the slave server
 * @param missing the accounts, or {@code account,file}, that were not made equal
 * @param half those of them that are half restored
 */
record AbandonedImage(String server, List<String> missing, List<String> half) {

    private static final int SERVER = 1;
    private static final int MISSING = 2;
    private static final int HALF = 3;

    /** What one that is given up leaves. */
    static AbandonedImage of(UnfinishedResync resync) {
        List<String> left = resync.left();
        return new AbandonedImage(
                resync.server(),
                // all that is restored rests on the log, which has not caught up
                left.isEmpty() ? resync.wanted() : left,
                resync.half().isEmpty() ? List.of() : List.of(resync.half()));
    }

    /** What an item holds. */
    static AbandonedImage ofItem(byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        return new AbandonedImage(attributes.extract(SERVER), attributes.values(MISSING), attributes.values(HALF));
    }

    /** The item that holds it. */
    byte[] toItem() {
        return DynamicArray.of(new byte[0])
                .replace(SERVER, server)
                .replaceValues(MISSING, missing)
                .replaceValues(HALF, half)
                .bytes();
    }

    /** After another one was given up. */
    AbandonedImage and(UnfinishedResync resync) {
        AbandonedImage other = of(resync);
        List<String> stillHalf =
                half.stream().filter(one -> !resync.restored().contains(one)).toList();
        return new AbandonedImage(
                server, resync.whole() ? other.missing : union(missing, other.missing), union(stillHalf, other.half));
    }

    /** What of it is left after some of it was proved equal; empty if nothing is. */
    Optional<AbandonedImage> without(Collection<String> proved) {
        List<String> left =
                missing.stream().filter(one -> !isWithin(one, proved)).toList();
        List<String> leftHalf =
                half.stream().filter(one -> !isWithin(one, proved)).toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new AbandonedImage(server, left, leftHalf));
    }

    /** A file is proved with its account. */
    private static boolean isWithin(String unit, Collection<String> proved) {
        return proved.contains(unit) || proved.contains(unit.split(",", 2)[0]);
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
