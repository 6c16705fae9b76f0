package org.hotbackup.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.store.SystemFiles;

/** The control file {@code dm,hb.log}: one record for each server, its id is the server's name (HB-170). Thread-safe. */
final class ServerRecords {

    private static final int PAGE = 100;

    private final SystemFiles files;

    ServerRecords(SystemFiles files) {
        this.files = files;
    }

    /**
     * Reads all records.
     *
     * @param usable told what each of them defines
     * @return the others: id, and why the record cannot be used
     */
    Map<String, String> read(Consumer<ServerDefinition> usable) {
        Map<String, String> corrupt = new TreeMap<>();
        List<StoredItem> page = files.items(SystemPaths.DEFINITIONS, null, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                String id = item.id().toString();
                try {
                    usable.accept(ServerDefinition.ofItem(id, item.body()));
                } catch (Refusal | IllegalArgumentException e) {
                    corrupt.put(id, e.getMessage());
                }
            }
            page = files.items(
                    SystemPaths.DEFINITIONS, page.get(page.size() - 1).id(), PAGE);
        }
        return corrupt;
    }

    /** What the record of this name defines, empty if there is none that can be used. */
    Optional<ServerDefinition> read(String name) {
        try {
            return files.read(SystemPaths.DEFINITIONS, ItemId.of(name))
                    .map(item -> ServerDefinition.ofItem(name, item));
        } catch (Refusal | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Keeps a definition. */
    ServerDefinition keep(ServerDefinition definition) {
        files.write(SystemPaths.DEFINITIONS, ItemId.of(definition.name()), definition.toItem());
        return definition;
    }

    /**
     * Deletes a record, whatever is in it.
     *
     * @return false if there was none
     */
    boolean delete(String id) {
        return files.delete(SystemPaths.DEFINITIONS, ItemId.of(id));
    }
}
