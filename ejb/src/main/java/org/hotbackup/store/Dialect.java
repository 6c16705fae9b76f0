package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The databases that a store may stand on; what one of them does in its own way asks here. */
enum Dialect {
    /** H2, embedded. */
    H2,
    /** PostgreSQL. */
    POSTGRESQL;

    /**
     * The dialect of a connection.
     *
     * @throws Refusal if it is neither of them
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(product)) {
                return dialect;
            }
        }
        throw new Refusal(MessageCode.STORE_UNUSABLE, product, "only H2 and PostgreSQL are known");
    }

    /** The dialect's word in names of files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
