package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;

/** A database of a test that can go away for a while: nobody gets a connection then. */
final class DatabaseWithOutages extends StoreDataSource {

    private volatile boolean away;

    DatabaseWithOutages(StoreDataSource database) {
        setUrl(database.getUrl());
        setUser(database.getUser());
        setPassword("");
    }

    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Connection getConnection(String asUser, String withPassword) throws SQLException {
        if (away) {
            throw new SQLException("connection refused", "08001");
        }
        return super.getConnection(asUser, withPassword);
    }
}
