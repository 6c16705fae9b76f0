package org.hotbackup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The tables of a store: made at the first start, brought up by one script a version afterwards. */
final class Schema {

    /** The version that this program works with. */
    static final int VERSION = 1;

    private Schema() {}

    /**
     * Brings the tables to {@link #VERSION}, in one transaction a version where the database can do that. Auto-commit is
     * off afterwards.
     *
     * @throws Refusal if a newer program made them
     */
    static void bringUp(Connection connection, Dialect dialect) throws SQLException {
        connection.setAutoCommit(false);
        int version = version(connection);
        if (version > VERSION) {
            throw new Refusal(
                    MessageCode.STORE_UNUSABLE,
                    connection.getMetaData().getURL(),
                    "a newer Hot Backup made it (schema " + version + ", this one knows " + VERSION + ")");
        }
        for (int next = version + 1; next <= VERSION; next++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : script(next, dialect).split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("DELETE FROM schema_version");
                statement.execute("INSERT INTO schema_version (version) VALUES (" + next + ")");
            }
            connection.commit();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
            connection.commit();
            try (ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM schema_version")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static String script(int version, Dialect dialect) {
        String name = "schema-" + version + "-" + dialect.word() + ".sql";
        try (InputStream script = Schema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the schema script " + name + " is missing from this build");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
