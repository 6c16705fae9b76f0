package org.hotbackup.replication;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hotbackup.model.DynamicArray;

/**
 * Whose updates a slave server receives, and up to where the log of its own node holds them (HB-015): what a master server
 * of this node names to its slave, so that no update travels in a circle. It outlives the node and the slave server, as the
 * log does: attributes of the server's item in {@code dm,hb.log,upstream}.
 *
 * @param received 1: identities of the nodes whose updates may be among those that are received or delayed, the master first
 * @param logged 2 and 3: identity of a node and the last LSN of this node's log that may hold an update of it
 * @param unlogged 4: something was applied and not logged while this node had a master server, which goes without it
 */
public record Sources(List<String> received, SortedMap<String, Long> logged, boolean unlogged) {

    /** Of a server that never received anything. */
    public static final Sources NONE = new Sources(List.of(), new TreeMap<>(), false);

    /** Among the nodes: any node, since what was kept of them cannot be read. Never named to a slave. */
    public static final String UNKNOWN = "?";

    /** Of an identity; more is not asked, so that a damaged item is found and nothing else. */
    private static final Pattern IDENTITY = Pattern.compile("[\\x20-\\x7E]+");

    private static final int RECEIVED = 1;
    private static final int LOGGED = 2;
    private static final int LAST_LSN = 3;
    private static final int UNLOGGED = 4;

    /** With copies of what is given. */
    public Sources {
        received = List.copyOf(received);
        logged = Collections.unmodifiableSortedMap(new TreeMap<>(logged));
    }

    /**
     * Those that an item holds.
     *
     * @throws IllegalArgumentException if it holds anything but what {@link #toItem} makes
     */
    public static Sources ofItem(byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        List<String> nodeIds = identities(attributes, LOGGED);
        List<String> lsns = attributes.values(LAST_LSN);
        TreeMap<String, Long> logged = new TreeMap<>();
        for (int i = 0; i < Math.min(nodeIds.size(), lsns.size()); i++) {
            logged.put(nodeIds.get(i), Long.parseUnsignedLong(lsns.get(i)));
        }
        Sources sources = new Sources(
                identities(attributes, RECEIVED),
                logged,
                attributes.extract(UNLOGGED).equals("1"));
        if (!Arrays.equals(sources.toItem(), item)) {
            throw new IllegalArgumentException("not an item that says whose updates are received and logged");
        }
        return sources;
    }

    private static List<String> identities(DynamicArray attributes, int attribute) {
        List<String> values = attributes.values(attribute);
        values.stream()
                .filter(value -> !IDENTITY.matcher(value).matches())
                .findFirst()
                .ifPresent(value -> {
                    throw new IllegalArgumentException("not the identity of a node");
                });
        return values;
    }

    /**
     * Of a server whose item cannot be read: until its master says anew whose updates it passes on they may be anybody's, and
     * so may those in the log.
     *
     * @param lsn the last that the log has given
     */
    public static Sources unknown(long lsn) {
        return new Sources(List.of(UNKNOWN), new TreeMap<>(Map.of(UNKNOWN, lsn)), true);
    }

    /** The item that holds them. */
    public byte[] toItem() {
        return DynamicArray.of(new byte[0])
                .replaceValues(RECEIVED, received)
                .replaceValues(LOGGED, List.copyOf(logged.keySet()))
                .replaceValues(
                        LAST_LSN, logged.values().stream().map(String::valueOf).toList())
                .replace(UNLOGGED, unlogged ? "1" : "")
                .bytes();
    }

    /**
     * When updates of these nodes arrive.
     *
     * @param nodeIds the master and whom it passes on
     * @param nothingWaits whether all that was received before is applied: then others are received no more
     */
    public Sources receiving(List<String> nodeIds, boolean nothingWaits) {
        Stream<String> before = nothingWaits ? Stream.empty() : received.stream();
        return new Sources(Stream.concat(nodeIds.stream(), before).distinct().toList(), logged, unlogged);
    }

    /** When something that was received is logged up to this LSN. */
    public Sources loggedUpTo(long lsn) {
        TreeMap<String, Long> now = new TreeMap<>(logged);
        received.forEach(nodeId -> now.merge(nodeId, lsn, Math::max));
        return new Sources(received, now, unlogged);
    }

    /** When something is applied that a slave of this node will not get; or, with false, when that has left a gap. */
    public Sources withUnlogged(boolean now) {
        return new Sources(received, logged, now);
    }

    /** The nodes of which the log may hold an update after this LSN. */
    public Stream<String> after(long lsn) {
        return logged.entrySet().stream().filter(node -> node.getValue() > lsn).map(Map.Entry::getKey);
    }
}
