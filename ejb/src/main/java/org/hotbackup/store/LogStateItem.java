package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * The item {@code txlog} of {@code dict dm,hb.log}, which holds the {@link LogState}. Written without locks of its own: the
 * log is locked by whoever switches it, and writers that miss updates all write the same. Thread-safe; connections are not.
 */
final class LogStateItem {

    private static final FilePath FILE = FilePath.dictionary(SystemAccount.NAME, "hb.log");
    private static final ItemId ID = ItemId.of("txlog");

    private final ItemTable items;
    private final int fileNumber;

    LogStateItem(ItemTable items, FileCatalogue catalogue) {
        this.items = items;
        fileNumber = catalogue.file(FILE).orElseThrow().number();
    }

    /** The state, that of a new store if there is none. */
    LogState read(Connection connection) throws SQLException {
        return items.read(connection, fileNumber, ID).map(LogState::ofItem).orElse(LogState.FIRST);
    }

    void write(Connection connection, LogState state) throws SQLException {
        items.write(connection, fileNumber, ID, state.toItem());
    }
}
