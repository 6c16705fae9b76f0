package org.hotbackup.apply;

import java.util.List;
import java.util.function.Predicate;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update.RangeChecked;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.ComparedItems;
import org.hotbackup.verify.FileList;
import org.hotbackup.verify.RangeComparison;

/** Compares a range of the slave's image with what the master says of it. */
final class SlaveCheck {

    private static final int PAGE = 2_000;

    private SlaveCheck() {}

    /**
     * What is found.
     *
     * @param image with everything written that stands before the check in the log
     * @param untouchable the sections that a slave never changes (HB-122)
     */
    static CheckReport compare(
            SlaveImage image, HelperTasks.Changes tasks, Predicate<FilePath> untouchable, RangeChecked checked) {
        FilePath file = checked.file();
        RangeCheck check = checked.check();
        if (file.equals(FileList.PATH)) {
            return FileList.compare(
                    check,
                    image.files().stream()
                            .filter(there -> !untouchable.test(there.path()))
                            .toList());
        }
        if (image.file(file).isEmpty()) {
            return CheckReport.of(check.number(), Finding.NO_FILE);
        }
        if (tasks.of(file).filter(HelperTask::holds).isPresent()) {
            return CheckReport.of(check.number(), Finding.NOT_SETTLED);
        }
        RangeComparison comparison = new RangeComparison(check);
        ItemId last = check.after().orElse(null);
        ItemId upTo = check.upTo().orElse(null);
        boolean more = true;
        while (more) {
            List<StoredItem> page = image.range(file, last, upTo, PAGE);
            more = !page.isEmpty();
            for (StoredItem item : page) {
                last = item.id();
                if (more && ComparedItems.holds(file, item.id(), item.body())) {
                    more = comparison.add(item.id(), item.body());
                }
            }
        }
        return comparison.report();
    }
}
