package org.hotbackup.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;

/**
 * The items of {@code dm,file-of-files}: one a section, its id the number; attribute 1 is the account, 2 the file, 3 the
 * section, the D-pointer follows from attribute 4 on (docs/data-model.md 5).
 */
final class FileOfFiles {

    private FileOfFiles() {}

    /** All items, in order of their ids' bytes. */
    static SortedMap<ItemId, byte[]> items(List<FileDefinition> files) {
        SortedMap<ItemId, byte[]> items = new TreeMap<>();
        files.forEach(file -> items.put(ItemId.of(Integer.toString(file.number())), body(file)));
        return items;
    }

    /** Items after an id, at most {@code limit}. */
    static List<StoredItem> page(List<FileDefinition> files, ItemId after, int limit) {
        return items(files).entrySet().stream()
                .filter(item -> after == null || item.getKey().compareTo(after) > 0)
                .limit(limit)
                .map((Map.Entry<ItemId, byte[]> item) -> new StoredItem(item.getKey(), item.getValue()))
                .toList();
    }

    private static byte[] body(FileDefinition file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String name :
                List.of(file.path().account(), file.path().file(), file.path().section())) {
            body.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            body.write(Marks.ATTRIBUTE);
        }
        body.writeBytes(file.pointer().bytes());
        return body.toByteArray();
    }
}
