package org.hotbackup.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/**
 * Remembers which slaves' images are not their masters' since a resync was given up, through restarts: an item {@code
 * resync-abandoned.SERVER} of {@code dict dm,hb.log} each. It stands until a resync proved the same equal, or the server is deleted.
 * Thread-safe.
 */
final class AbandonedImages {

    private static final FilePath FILE = FilePath.dictionary("dm", "hb.log");
    private static final String ITEM = "resync-abandoned.";
    private static final int MOST = 1_000;

    private final SystemFiles files;
    private final Map<String, AbandonedImage> images = new ConcurrentHashMap<>();

    AbandonedImages(SystemFiles files) {
        this.files = files;
        for (StoredItem item : files.items(FILE, ItemId.of(ITEM), MOST)) {
            if (item.id().toString().startsWith(ITEM)) {
                AbandonedImage image = AbandonedImage.ofItem(item.body());
                images.put(image.server(), image);
            }
        }
    }

    /** That of a slave server; empty if nothing is known against it. */
    Optional<AbandonedImage> of(String server) {
        return Optional.ofNullable(images.get(server));
    }

    /** One is given up. */
    synchronized void abandoned(UnfinishedResync resync) {
        keep(of(resync.server()).map(image -> image.and(resync)).orElseGet(() -> AbandonedImage.of(resync)));
    }

    /**
     * Some of it was proved equal.
     *
     * @param units accounts, and {@code account,file}; empty for all
     */
    synchronized void proved(String server, List<String> units) {
        Optional<AbandonedImage> left =
                units.isEmpty() ? Optional.empty() : of(server).flatMap(image -> image.without(units));
        left.ifPresentOrElse(this::keep, () -> forget(server));
    }

    private void keep(AbandonedImage image) {
        files.write(FILE, id(image.server()), image.toItem());
        images.put(image.server(), image);
    }

    /** The server is gone. */
    synchronized void forget(String server) {
        files.delete(FILE, id(server));
        images.remove(server);
    }

    private static ItemId id(String server) {
        return ItemId.of(ITEM + server);
    }
}
