package org.hotbackup.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.health.NodeWatch;
import org.hotbackup.management.ControlSurface;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueBroker;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * Starts the parts of a node in their order and stops them in the reverse: store, broker, log pump, servers, control
 * surface. A node that cannot start says why in one sentence in {@code log/start-failure.txt} of its home.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeStart {

    private static final Logger LOGGER = Logger.getLogger(NodeStart.class.getName());

    @Inject
    NodeConfiguration configuration;

    @EJB
    StoreBean store;

    @Inject
    QueueBroker broker;

    @Inject
    Users users;

    @Inject
    AuditTrail audit;

    @EJB
    ReplicationServers servers;

    @EJB
    TapeServers tapeServers;

    @EJB
    TapeDevices tapeDevices;

    @EJB
    LogTapeRestores restores;

    @EJB
    Verifications verifications;

    @EJB
    NodeWatch watch;

    @Inject
    ControlSurface surface;

    @PostConstruct
    void start() {
        try {
            LOGGER.info(() -> "the store is open: " + store.product());
            broker.start();
            users.importFirstUser();
            servers.startUp();
            tapeServers.startUp();
            tapeDevices.startUp();
            verifications.startUp();
            watch.begin();
            surface.open();
        } catch (Refusal | QueueUnavailableException | IOException e) {
            throw failed(e, e.getMessage());
        } catch (RuntimeException e) {
            throw failed(e, sentence(e));
        }
    }

    /** The container wraps what a bean that cannot start says. */
    private static String sentence(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal) {
                return cause.getMessage();
            }
        }
        return MessageCode.INTERNAL_ERROR.text(e);
    }

    @PreDestroy
    void stop() {
        stop("control surface", surface::close);
        stop("watch", watch::end);
        stop("verifications", verifications::shutDown);
        stop("tape devices", tapeDevices::shutDown);
        stop("restore of the log", restores::shutDown);
        stop("tape-socket servers", tapeServers::shutDown);
        stop("servers", servers::shutDown);
        stop("broker", broker::stop);
        stop("audit", audit::close);
    }

    private static void stop(String part, AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the " + part + " did not stop cleanly", e);
        }
    }

    private IllegalStateException failed(Exception cause, String sentence) {
        stop();
        // what an application server writes of it is a page long
        LOGGER.severe(() -> "Hot Backup did not start: " + sentence);
        Path file = configuration.home().resolve("log").resolve("start-failure.txt");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, sentence + System.lineSeparator());
        } catch (IOException e) {
            cause.addSuppressed(new UncheckedIOException(e));
        }
        return new IllegalStateException(sentence, cause);
    }
}
