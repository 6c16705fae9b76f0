package org.hotbackup.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.apply.UnsentCreations;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.store.RejoinDesk.ServerRecord;
import org.hotbackup.verify.Repair;

/** The steps of {@link RejoinDesk} on a store, each a database transaction that may be made again. */
record RejoinSteps(Store store) {

    private static final int PAGE = 500;

    void keep(List<LostItem> items, ServerRecord record) {
        run(now -> now, transaction -> {
            items.forEach(item -> transaction.overtaken().keep(item, transaction.image()));
            write(transaction, record);
            return null;
        });
    }

    List<FilePath> undo(UnsentCreations created) {
        return run(now -> now, transaction -> {
            SlaveImage image = transaction.image();
            List<FilePath> left = new ArrayList<>();
            // where a file is whose record cannot be read is not known for certain
            boolean readable = transaction.work().unreadable().isEmpty();
            created.files().forEach(file -> undo(image, created, new Update.FileDeleted(file), readable, left));
            created.accounts()
                    .forEach(account -> undo(image, created, new Update.AccountDeleted(account), readable, left));
            return left;
        });
    }

    private static void undo(
            SlaveImage image, UnsentCreations created, Update deletion, boolean readable, List<FilePath> left) {
        FilePath gone = deletion.file();
        if (image.file(gone).isEmpty()) {
            return;
        }
        if (readable && isAll(image, created, gone)) {
            image.perform(deletion);
        } else {
            left.add(gone);
        }
    }

    /** Whether no item goes with a section but what the transactions wrote, and no data section at all. */
    private static boolean isAll(SlaveImage image, UnsentCreations created, FilePath gone) {
        return image.files().stream()
                .map(FileDefinition::path)
                .filter(section -> section.equals(gone) || Repair.isMadeAnewWith(gone, section))
                .allMatch(section -> (section.equals(gone) || section.level() != FilePath.Level.DATA)
                        && holdsOnly(image, created, section));
    }

    private static boolean holdsOnly(SlaveImage image, UnsentCreations created, FilePath section) {
        List<StoredItem> page = image.items(section, null, PAGE);
        while (!page.isEmpty()) {
            if (!page.stream().allMatch(item -> created.hold(section, item.id(), item.body()))) {
                return false;
            }
            page = image.items(section, page.get(page.size() - 1).id(), PAGE);
        }
        return true;
    }

    void becomeSlave(ServerRecord record, UnaryOperator<Standing> change) {
        run(change, transaction -> {
            store.positions().delete(transaction.work().connection(), record.name());
            write(transaction, record);
            return null;
        });
    }

    private static void write(SlaveTransaction transaction, ServerRecord record) {
        TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
        written.put(ItemId.of(record.name()), Optional.of(record.body()));
        transaction.image().write(record.file(), written);
    }

    private <T> T run(UnaryOperator<Standing> change, SlaveTransaction.Work<T> work) {
        try {
            return store.standing().change(change, work);
        } catch (SQLException e) {
            throw new StoreFailure("the database does not do it: " + e.getMessage(), e);
        }
    }
}
