package org.hotbackup.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Whether a database keeps what the store promises. */
final class DatabaseCheck {

    /** Others lose data, or cannot read what this one wrote (H2 issues 4247 and 4387). */
    private static final String H2_VERSION = "2.4.240";

    private static final int OLDEST_POSTGRESQL = 150_000;

    private DatabaseCheck() {}

    /**
     * Checks version and settings.
     *
     * @throws Refusal if one of them does not do
     */
    static void check(Dialect dialect, Connection connection) throws SQLException {
        if (dialect == Dialect.H2) {
            String version = ask(connection, "SELECT H2VERSION()");
            if (!version.equals(H2_VERSION)) {
                throw refusal(connection, "H2 " + version + " is loaded, only " + H2_VERSION + " is safe");
            }
            return;
        }
        if (Integer.parseInt(ask(connection, "SHOW server_version_num")) < OLDEST_POSTGRESQL) {
            throw refusal(
                    connection, "PostgreSQL " + ask(connection, "SHOW server_version") + " is too old, 15 is needed");
        }
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            String value = ask(connection, "SHOW " + setting);
            if (value.equals("off")) {
                throw refusal(connection, "its setting " + setting + " is off, so a crash loses commits; turn it on");
            }
        }
        String encoding = ask(connection, "SHOW server_encoding");
        if (!encoding.equals("UTF8")) {
            throw refusal(connection, "its encoding is " + encoding + "; create the database with UTF8");
        }
    }

    private static Refusal refusal(Connection connection, String reason) throws SQLException {
        return new Refusal(MessageCode.STORE_UNUSABLE, connection.getMetaData().getURL(), reason);
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
