package org.hotbackup.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.tape.SaveSource;
import org.hotbackup.testing.DebianTool;
import org.hotbackup.testing.Postgres;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The same items in a table of PostgreSQL, and what {@code pg_dump | psql} takes to copy it into an empty database. */
final class DumpAndRestore {

    /** Of the version of the server that {@link Postgres} starts: an older pg_dump would refuse it. */
    private static final String PROGRAMS = "/usr/lib/postgresql/15/bin/";

    private static final String PACKAGE = "postgresql-client-15";
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long MINUTES = 10;

    private final NodeCreation.Store from = Postgres.newStore();
    private NodeCreation.Store to;
    private final Path dump = DebianTool.of(PROGRAMS + "pg_dump", PACKAGE).path();
    private final Path psql = DebianTool.of(PROGRAMS + "psql", PACKAGE).path();

    /** Fills the table. */
    void fill(Items items) throws SQLException {
        try (Connection connection = connect(from);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id text PRIMARY KEY, body bytea NOT NULL)");
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY item FROM STDIN");
            Lines lines = new Lines(copy);
            items.all(lines);
            lines.flush();
            copy.endCopy();
        }
    }

    /** Gives all items. */
    @FunctionalInterface
    interface Items {
        /** In the order of their ids. */
        void all(SaveSource.Visitor visitor);
    }

    /** Items as COPY reads them. */
    private static final class Lines implements SaveSource.Visitor {

        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(2 * CHUNK_BYTES);
        private final CopyIn copy;

        Lines(CopyIn copy) {
            this.copy = copy;
        }

        @Override
        public void item(ItemId id, byte[] body) {
            String line = id + "\t\\\\x" + HexFormat.of().formatHex(body) + "\n";
            chunk.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            if (chunk.size() >= CHUNK_BYTES) {
                flush();
            }
        }

        void flush() {
            byte[] bytes = chunk.toByteArray();
            chunk.reset();
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Copies the table into a new database; seconds. */
    double copy() throws IOException, SQLException {
        drop();
        to = Postgres.newStore();
        String line =
                "exec " + dump + " " + options(from) + " | exec " + psql + " -q -v ON_ERROR_STOP=1 " + options(to);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(DebianTool.environment());
        builder.environment().put("PGPASSWORD", from.password());
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("pg_dump | psql has not ended after " + MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("pg_dump | psql failed");
        }
        return (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void drop() throws SQLException {
        if (to != null) {
            try (Connection connection = connect(from);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE " + name(to));
            }
        }
    }

    /** Whether both tables are equal. */
    boolean isEqual() throws SQLException {
        List<String> checksums = List.of(checksum(from), checksum(to));
        return checksums.get(0).equals(checksums.get(1));
    }

    private static String checksum(NodeCreation.Store store) throws SQLException {
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), md5(string_agg(id || md5(body), '' ORDER BY id)) FROM item")) {
            row.next();
            return row.getLong(1) + " " + row.getString(2);
        }
    }

    private static Connection connect(NodeCreation.Store store) throws SQLException {
        return DriverManager.getConnection(store.url(), store.user(), store.password());
    }

    private static String name(NodeCreation.Store store) {
        return store.url().substring(store.url().lastIndexOf('/') + 1);
    }

    private static String options(NodeCreation.Store store) {
        String[] hostAndPort = store.url().split("/")[2].split(":");
        return "-h " + hostAndPort[0] + " -p " + hostAndPort[1] + " -U " + store.user() + " " + name(store);
    }
}
