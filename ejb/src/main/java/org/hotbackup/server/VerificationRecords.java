package org.hotbackup.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.Verification;

/**
 * What is kept of comparing one master server's files, in {@code dm,hb.log,verify}. Item {@code todev}: attribute 1
 * state, 2 share, 3 rounds, 4 round, 5 run, 6 files (all if empty), 7 repairs that a resync may still make. Item {@code todev HASH} for each file: attribute 1 path,
 * 2 finding, 3 LSN, 4 epoch milliseconds, 5 ranges, 6 items, 7 bytes, 8 number of differences, 9 whether there are more, 10
 * run, 11 round, and values for each difference: 12 id in hex, 13 and 14 bytes and SHA-256 on the master, 15 and 16 on the
 * slave, where an absent item has no bytes. Thread-safe.
 */
final class VerificationRecords {

    private static final Logger LOGGER = Logger.getLogger(VerificationRecords.class.getName());

    private static final int PAGE = 100;
    private static final HexFormat HEX = HexFormat.of();

    private final SystemFiles files;
    private final String server;
    private final Map<FilePath, Kept> results = new TreeMap<>();
    private State state = new State(Phase.NEVER_RUN, 10, 1, 0, "", Set.of());

    /** What the comparison of a server is doing. */
    enum Phase {
        NEVER_RUN("never run"),
        VERIFYING("verifying"),
        REPAIRING("repairing"),
        STOPPED("stopped"),
        DONE("done");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * What is to be done, so that a restarted node goes on with it.
     *
     * @param phase what is being done
     * @param share the most time to take, in percent
     * @param rounds how many, 0 for ever
     * @param round the one under way, from 1
     * @param run names this run
     * @param only these files, all if empty
     * @param repairs how many repairs may follow until both sides are equal; 0 if this is no resync
     */
    record State(Phase phase, int share, int rounds, int round, String run, Set<FilePath> only, int repairs) {

        /** Of no resync. */
        State(Phase phase, int share, int rounds, int round, String run, Set<FilePath> only) {
            this(phase, share, rounds, round, run, only, 0);
        }

        State in(Phase next) {
            return new State(next, share, rounds, round, run, only, repairs);
        }

        /** The same for more files; all stay all. */
        State with(Collection<FilePath> more) {
            Set<FilePath> files = new TreeSet<>(only);
            files.addAll(only.isEmpty() ? Set.of() : more);
            return new State(phase, share, rounds, round, run, files, repairs);
        }

        State inRound(int next) {
            return new State(phase, share, rounds, next, run, only, repairs);
        }
    }

    private record Kept(FileResult result, String run, int round) {}

    /** Reads what was kept before. */
    VerificationRecords(SystemFiles files, String server) {
        this(files, server, (code, values) -> LOGGER.warning(() -> code.text(values)));
    }

    /**
     * Reads what was kept before. An item that cannot be read is deleted, as if it had never been: its file is compared
     * again.
     *
     * @param messages told of such an item
     */
    VerificationRecords(SystemFiles files, String server, ServerMessages messages) {
        this.files = files;
        this.server = server;
        ItemId ofServer = ItemId.of(server);
        files.read(SystemPaths.VERIFY, ofServer)
                .ifPresent(item -> readable(ofServer, messages, () -> state = state(DynamicArray.of(item))));
        for (StoredItem item : items()) {
            readable(item.id(), messages, () -> {
                Kept kept = kept(DynamicArray.of(item.body()));
                results.put(kept.result().file(), kept);
            });
        }
    }

    private void readable(ItemId id, ServerMessages messages, Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "Item " + id + " of hb.log,verify cannot be read", e);
            messages.say(MessageCode.VERIFY_RECORD_UNREADABLE, id, server);
            files.delete(SystemPaths.VERIFY, id);
        }
    }

    private List<StoredItem> items() {
        List<StoredItem> mine = new ArrayList<>();
        String prefix = server + " ";
        List<StoredItem> page = files.items(SystemPaths.VERIFY, ItemId.of(server), PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                if (!item.id().toString().startsWith(prefix)) {
                    return mine;
                }
                mine.add(item);
            }
            page = files.items(SystemPaths.VERIFY, page.get(page.size() - 1).id(), PAGE);
        }
        return mine;
    }

    synchronized State state() {
        return state;
    }

    /** Keeps what is to be done. */
    synchronized void keep(State next) {
        DynamicArray item = DynamicArray.ofAttributes(
                next.phase().name(),
                Integer.toString(next.share()),
                Integer.toString(next.rounds()),
                Integer.toString(next.round()),
                next.run());
        item = item.replaceValues(
                6, next.only().stream().map(FilePath::toString).sorted().toList());
        item = item.replace(7, Integer.toString(next.repairs()));
        files.write(SystemPaths.VERIFY, ItemId.of(server), item.bytes());
        state = next;
    }

    /** Keeps what was found in a file, in the place of what was found before; its differences as far as there is room. */
    synchronized void keep(int round, FileResult found) {
        long elsewhere = results.values().stream()
                .map(Kept::result)
                .filter(other -> !other.file().equals(found.file()))
                .mapToLong(other -> other.differences().size())
                .sum();
        int room = (int) Math.max(1, Verification.MOST_DIFFERENCES_OF_ALL - elsewhere);
        FileResult result = found.withAtMost(room);
        Kept kept = new Kept(result, state.run(), round);
        files.write(SystemPaths.VERIFY, id(result.file()), item(kept).bytes());
        results.put(result.file(), kept);
    }

    /** Forgets a file that is gone. */
    synchronized void forget(FilePath file) {
        if (results.containsKey(file)) {
            files.delete(SystemPaths.VERIFY, id(file));
            results.remove(file);
        }
    }

    /** Forgets everything: the server is gone. */
    synchronized void clear() {
        Set.copyOf(results.keySet()).forEach(this::forget);
        files.delete(SystemPaths.VERIFY, ItemId.of(server));
    }

    /** The last result of every file, by path. */
    synchronized Collection<FileResult> results() {
        return results.values().stream().map(Kept::result).toList();
    }

    /** The last result of a file. */
    synchronized Optional<FileResult> result(FilePath file) {
        return Optional.ofNullable(results.get(file)).map(Kept::result);
    }

    /** Forgets what was found in files that were not compared in the round under way. */
    synchronized void forgetOthers() {
        Set<FilePath> done = done();
        Set.copyOf(results.keySet()).stream()
                .filter(file -> !done.contains(file))
                .forEach(this::forget);
    }

    /** The files that were compared in the round under way. */
    synchronized Set<FilePath> done() {
        Set<FilePath> done = new TreeSet<>();
        results.forEach((file, kept) -> {
            boolean compared = kept.result().finding() != FileResult.Finding.REPAIRED;
            if (compared && kept.run().equals(state.run()) && kept.round() == state.round()) {
                done.add(file);
            }
        });
        return done;
    }

    private ItemId id(FilePath file) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(file.toString().getBytes(StandardCharsets.UTF_8));
            return ItemId.of(server + " " + HEX.formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static State state(DynamicArray item) {
        Set<FilePath> only = new TreeSet<>();
        item.values(6).stream()
                .filter(path -> !path.isEmpty())
                .map(FilePath::parse)
                .forEach(only::add);
        return new State(
                Phase.valueOf(item.extract(1)),
                Integer.parseInt(item.extract(2)),
                Integer.parseInt(item.extract(3)),
                Integer.parseInt(item.extract(4)),
                item.extract(5),
                only,
                item.extract(7).isEmpty() ? 0 : Integer.parseInt(item.extract(7)));
    }

    private static DynamicArray item(Kept kept) {
        FileResult result = kept.result();
        List<Difference> differences = result.differences();
        return DynamicArray.ofAttributes(
                        result.file().toString(),
                        result.finding().name(),
                        Long.toString(result.lsn()),
                        Long.toString(result.epochMillis()),
                        Long.toString(result.ranges()),
                        Long.toString(result.items()),
                        Long.toString(result.bytes()),
                        Integer.toString(differences.size()),
                        result.more() ? "1" : "0",
                        kept.run(),
                        Integer.toString(kept.round()))
                .replaceValues(
                        12,
                        differences.stream()
                                .map(difference -> HEX.formatHex(difference.id().bytes()))
                                .toList())
                .replaceValues(13, bytes(differences.stream().map(Difference::onMaster)))
                .replaceValues(14, digests(differences.stream().map(Difference::onMaster)))
                .replaceValues(15, bytes(differences.stream().map(Difference::onSlave)))
                .replaceValues(16, digests(differences.stream().map(Difference::onSlave)));
    }

    private static List<String> bytes(Stream<Optional<ItemSum>> sides) {
        return sides.map(side -> side.map(sum -> Integer.toString(sum.bytes())).orElse(""))
                .toList();
    }

    private static List<String> digests(Stream<Optional<ItemSum>> sides) {
        return sides.map(side -> side.map(ItemSum::sha256).orElse("")).toList();
    }

    private static Kept kept(DynamicArray item) {
        int count = Integer.parseInt(item.extract(8));
        List<String> ids = item.values(12);
        List<Optional<ItemSum>> onMaster = sums(item.values(13), item.values(14), count);
        List<Optional<ItemSum>> onSlave = sums(item.values(15), item.values(16), count);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            differences.add(new Difference(ItemId.of(HEX.parseHex(ids.get(i))), onMaster.get(i), onSlave.get(i)));
        }
        FileResult result = new FileResult(
                FilePath.parse(item.extract(1)),
                FileResult.Finding.valueOf(item.extract(2)),
                Long.parseLong(item.extract(3)),
                Long.parseLong(item.extract(4)),
                Long.parseLong(item.extract(5)),
                Long.parseLong(item.extract(6)),
                Long.parseLong(item.extract(7)),
                differences,
                item.extract(9).equals("1"));
        return new Kept(result, item.extract(10), Integer.parseInt(item.extract(11)));
    }

    private static List<Optional<ItemSum>> sums(List<String> bytes, List<String> digests, int count) {
        List<Optional<ItemSum>> sums = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean there = i < bytes.size() && !bytes.get(i).isEmpty();
            sums.add(
                    there
                            ? Optional.of(new ItemSum(Integer.parseInt(bytes.get(i)), digests.get(i)))
                            : Optional.empty());
        }
        return sums;
    }
}
