package org.hotbackup.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hotbackup.control.messages.MessageCode;

/**
 * Connections to the store, for the container's pool: the driver is found by the URL, what H2 needs is added to it, and
 * a store that cannot be opened says why in a sentence for people. Thread-safe once configured.
 */
public class StoreDataSource implements DataSource {

    /**
     * WRITE_DELAY is left alone: commits become durable by CHECKPOINT SYNC. Space is used again after 5 seconds, since
     * each checkpoint is forced; with the usual 45 the file grew to 3.5 GB in 50 seconds of writing, with 5 to 1.2 GB.
     * Results are not kept for the next query: one may hold a body of 64 MB.
     */
    private static final String H2_OPTIONS =
            ";DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;LOCK_TIMEOUT=10000;RETENTION_TIME=5000"
                    + ";OPTIMIZE_REUSE_RESULTS=FALSE";

    private static final String H2_FILE = "jdbc:h2:file:";

    /**
     * H2's file system that opens a file again which an interrupt closed: with the usual one a single interrupted thread
     * ends the whole database. Measured: as fast; {@code async:} survives as well but applies at half the rate. The slices
     * are below it, for an interrupted slice has to be repeated as a whole.
     */
    private static final String H2_UNINTERRUPTED = "jdbc:h2:retry:" + SlicedFiles.SCHEME + ":";

    private static final int H2_IN_USE = 90020;

    private String url = "";
    private String user = "";
    private String password;
    private volatile Driver driver;

    /** The JDBC URL: {@code jdbc:h2:file:...} or {@code jdbc:postgresql:...}. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** The JDBC URL. */
    public String getUrl() {
        return url;
    }

    /** The database's user. */
    public void setUser(String user) {
        this.user = user;
    }

    /** The database's user. */
    public String getUser() {
        return user;
    }

    /** The user's password; if none is set, the configuration's, which no pool needs to be told. */
    public void setPassword(String password) {
        this.password = password;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(user, password);
    }

    private static String configured() {
        return ConfigProvider.getConfig(StoreDataSource.class.getClassLoader())
                .getOptionalValue("hotbackup.store.password", String.class)
                .orElse("");
    }

    @Override
    public Connection getConnection(String asUser, String withPassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", asUser);
        boolean none = withPassword == null || withPassword.isEmpty();
        properties.setProperty("password", none && password == null ? configured() : withPassword);
        try {
            Connection connection = driver().connect(fullUrl(), properties);
            if (connection == null) {
                throw new SQLException("the driver does not know this URL");
            }
            return connection;
        } catch (SQLException e) {
            String sentence = e.getErrorCode() == H2_IN_USE
                    ? MessageCode.STORE_IN_USE.id() + " " + MessageCode.STORE_IN_USE.text("")
                    : MessageCode.STORE_UNUSABLE.id() + " " + MessageCode.STORE_UNUSABLE.text(url, e.getMessage());
            throw new SQLException(sentence, e.getSQLState(), e.getErrorCode(), e);
        }
    }

    private String fullUrl() {
        if (!isH2()) {
            return url;
        }
        String uninterrupted = url.startsWith(H2_FILE) ? H2_UNINTERRUPTED + url.substring(H2_FILE.length()) : url;
        return uninterrupted + H2_OPTIONS;
    }

    private boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    private Driver driver() throws SQLException {
        if (driver == null) {
            String name = isH2() ? "org.h2.Driver" : "org.postgresql.Driver";
            try {
                if (isH2()) {
                    SlicedFiles.register();
                }
                driver = (Driver) Class.forName(name).getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new SQLException("the JDBC driver " + name + " is not installed", e);
            }
        }
        return driver;
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the drivers log by java.util.logging
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("the URL says how long a login may take");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(StoreDataSource.class.getPackageName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
