package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.Sources;

/**
 * The items of {@code dm,hb.log,upstream}, one for each slave server, with their committed {@link Sources} in memory. Those of
 * a server are changed by one thread at a time: its own, or that of an operator while it does not run. They outlive the
 * server, since the log does. Thread-safe for questions.
 */
final class SourcesItems {

    /** Where the items are. */
    static final FilePath FILE = FilePath.data(SystemAccount.NAME, "hb.log", "upstream");

    private static final Logger LOG = Logger.getLogger(SourcesItems.class.getName());
    private static final int PAGE = 1_000;

    private final ItemTable items;
    private final int fileNumber;
    private final Map<String, Sources> committed = new ConcurrentHashMap<>();

    SourcesItems(ItemTable items, FileCatalogue catalogue) {
        this.items = items;
        fileNumber = catalogue.file(FILE).orElseThrow().number();
    }

    /**
     * Reads all items. One that cannot be read is not believed in any part: whose updates that server received is unknown.
     *
     * @param lastLsn the last that the log holds
     * @return the servers of which that is so: they have to be written
     */
    List<String> load(Connection connection, long lastLsn) throws SQLException {
        List<String> unreadable = new ArrayList<>();
        List<StoredItem> page = items.page(connection, fileNumber, null, PAGE, ItemOperations.PAGE_BYTES);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                String server = item.id().toString();
                try {
                    committed(server, Sources.ofItem(item.body()));
                } catch (IllegalArgumentException e) {
                    LOG.log(Level.WARNING, "Item {0} of {1}: {2}", new Object[] {server, FILE, e.getMessage()});
                    committed(server, Sources.unknown(lastLsn));
                    unreadable.add(server);
                }
            }
            page = items.page(connection, fileNumber, page.get(page.size() - 1).id(), PAGE, ItemOperations.PAGE_BYTES);
        }
        return unreadable;
    }

    /** As committed. */
    Sources of(String server) {
        return committed.getOrDefault(server, Sources.NONE);
    }

    /** Writes what is to be told to {@link #committed} after the commit. */
    void write(Connection connection, String server, Sources sources) throws SQLException {
        items.write(connection, fileNumber, ItemId.of(server), sources.toItem());
    }

    /** They are on the disk. */
    void committed(String server, Sources sources) {
        committed.put(server, sources);
    }

    /** The nodes of which the log may hold an update after this LSN. */
    List<String> loggedAfter(long lsn) {
        return committed.values().stream()
                .flatMap(sources -> sources.after(lsn))
                .distinct()
                .sorted()
                .toList();
    }

    /** The servers among these that applied something which was not logged. */
    List<String> unlogged(Predicate<String> servers) {
        return committed.entrySet().stream()
                .filter(entry -> entry.getValue().unlogged() && servers.test(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
