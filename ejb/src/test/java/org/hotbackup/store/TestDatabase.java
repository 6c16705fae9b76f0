package org.hotbackup.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that every test of the store runs on. */
enum TestDatabase {
    H2 {
        @Override
        StoreDataSource create(Path folder) {
            return source("jdbc:h2:file:" + folder.resolve("store").toAbsolutePath(), "sa");
        }
    },
    POSTGRESQL {
        @Override
        StoreDataSource create(Path folder) throws SQLException {
            String name = "store" + DATABASES.incrementAndGet();
            EmbeddedPostgres server = Server.INSTANCE;
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
            }
            return source("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres");
        }
    };

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** An empty database of its own. */
    abstract StoreDataSource create(Path folder) throws SQLException;

    private static StoreDataSource source(String url, String user) {
        StoreDataSource source = new StoreDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword("");
        return source;
    }

    /** One server for all tests of this JVM, ended with it. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
