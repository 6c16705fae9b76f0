package org.hotbackup.store;

import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.verify.RangeSum;

/** Computes a section's {@link FileDigest} from its items in order. For one use by one thread. */
final class ImageDigest {

    private final RangeSum sum = new RangeSum();

    void add(StoredItem item) {
        sum.add(item.id(), item.body());
    }

    FileDigest of(FilePath path) {
        return new FileDigest(path.toString(), sum.items(), sum.bytes(), sum.digest());
    }
}
