package org.hotbackup.replication.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.verify.ComparedItems;
import org.hotbackup.verify.ComparedStore;
import org.hotbackup.verify.FileList;
import org.hotbackup.verify.RangeRequest;
import org.hotbackup.verify.RangeSum;

/** The master's database as a comparison sees it, as the real one does it: under locks, in a transaction of its own. */
final class SimulatedComparison implements ComparedStore {

    private final World world;
    private final MasterStore store;
    private final Breakage breakage;
    private final Set<Long> said = new HashSet<>();
    private Image before;

    SimulatedComparison(World world, MasterStore store, Breakage breakage) {
        this.world = world;
        this.store = store;
        this.breakage = breakage;
        before = store.image().copy();
    }

    @Override
    public List<FilePath> files() {
        List<FilePath> files = new ArrayList<>(logged());
        files.add(FileList.PATH);
        return files;
    }

    /** Whether a check is one of these. */
    boolean hasSaid(long number) {
        return said.contains(number);
    }

    private List<FilePath> logged() {
        return store.image().files().stream()
                .filter(Files::isOfUsers)
                .filter(file -> store.logged(file).isPresent())
                .toList();
    }

    private void lock(boolean locked) {
        if (store.log().isStopped()) {
            throw new Refusal(MessageCode.NOT_ENQUEUED);
        }
        if (locked) {
            world.count("comparisons that waited for a lock");
            throw new Refusal(MessageCode.LOCKED, "it");
        }
    }

    @Override
    public Optional<Said> say(FilePath file, RangeRequest request, long patienceMillis) {
        boolean ofFiles = file.equals(FileList.PATH);
        lock(ofFiles ? store.isAnythingLocked() : store.isLocked(file));
        if (!ofFiles && store.logged(file).isEmpty()) {
            return Optional.empty();
        }
        Image image = store.image();
        Image read = breakage == Breakage.CHECK_TOO_EARLY && before.has(file) ? before : image;
        before = image.copy();
        RangeCheck check = ofFiles
                ? FileList.check(
                        request.number(),
                        image.files().stream().filter(Files::isOfUsers).toList(),
                        logged())
                : read(read.items(file), file, request);
        store.log()
                .truth()
                .saying(
                        file,
                        check,
                        image.only(ofFiles ? Files::isOfUsers : file::equals).copy());
        said.add(request.number());
        long lsn = store.logAtOnce(List.of(new Update.RangeChecked(file, check)));
        world.count("ranges said");
        return Optional.of(new Said(lsn, check, world.between(0, 30) * 1_000_000L));
    }

    private static RangeCheck read(TreeMap<ItemId, byte[]> items, FilePath file, RangeRequest request) {
        RangeSum sum = new RangeSum();
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>();
        Optional<ItemId> end = request.upTo();
        int seen = 0;
        for (Map.Entry<ItemId, byte[]> item : items.entrySet()) {
            boolean inRange = request.after()
                            .map(from -> item.getKey().compareTo(from) > 0)
                            .orElse(true)
                    && request.upTo()
                            .map(to -> item.getKey().compareTo(to) <= 0)
                            .orElse(true);
            if (!inRange) {
                continue;
            }
            if (ComparedItems.holds(file, item.getKey(), item.getValue())) {
                sum.add(item.getKey(), item.getValue());
                detail.put(item.getKey(), RangeSum.of(item.getValue()));
            }
            if (++seen == Math.min(5, request.mostItems())) {
                end = Optional.of(item.getKey());
                break;
            }
        }
        return new RangeCheck(
                request.number(),
                request.after(),
                end,
                sum.items(),
                sum.bytes(),
                sum.digest(),
                request.detail() ? Optional.of(detail) : Optional.empty());
    }

    @Override
    public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
        if (!store.image().has(file)) {
            return List.of();
        }
        Predicate<ItemId> behind =
                id -> after.map(last -> id.compareTo(last) > 0).orElse(true);
        return store.image().items(file).keySet().stream()
                .filter(behind)
                .limit(3)
                .toList();
    }

    @Override
    public int resend(FilePath file, List<ItemId> ids) {
        if (file.equals(FileList.PATH)) {
            return resendFiles(ids);
        }
        lock(store.isLocked(file));
        if (store.logged(file).isEmpty()) {
            return 0;
        }
        List<ItemId> some = ids.subList(0, Math.min(3, ids.size()));
        List<Update> updates = some.stream()
                .skip(breakage == Breakage.REPAIR_INCOMPLETE ? 1 : 0)
                .map(id -> store.image()
                        .read(file, id)
                        .<Update>map(body -> new Update.ItemWritten(file, id, body))
                        .filter(store::isLogged)
                        .orElseGet(() -> new Update.ItemDeleted(file, id)))
                .toList();
        if (!updates.isEmpty()) {
            store.logAtOnce(updates);
        }
        world.count("items sent again");
        return some.size();
    }

    private int resendFiles(List<ItemId> ids) {
        lock(store.isAnythingLocked());
        for (ItemId id : ids) {
            FilePath path = FilePath.parse(id.toString());
            if (!store.image().has(path) && path.level() != FilePath.Level.MASTER_DICTIONARY) {
                store.logAtOnce(List.of(new Update.FileDeleted(path)));
                world.count("files deleted by a repair");
            }
        }
        return ids.size();
    }

    @Override
    public boolean resendDefinition(FilePath file) {
        lock(store.isLocked(file));
        Optional<DPointer> pointer = store.logged(file);
        pointer.ifPresent(there -> store.logAtOnce(List.of(
                file.level() == FilePath.Level.MASTER_DICTIONARY
                        ? new Update.AccountCreated(file, there)
                        : new Update.FileCreated(file, there))));
        world.count("files sent again");
        return pointer.isPresent();
    }

    @Override
    public void resendPointer(FilePath file) {
        lock(store.isLocked(file));
        store.logged(file).ifPresent(there -> store.logAtOnce(List.of(new Update.FileRedefined(file, there))));
    }
}
