package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;

/** The comparisons of this node's master servers with their slaves. Thread-safe. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Verifications {

    private static final Logger LOGGER = Logger.getLogger(Verifications.class.getName());

    @EJB
    private ReplicationServers servers;

    @Inject
    private SystemFiles files;

    @EJB
    private StoreBean store;

    @Resource
    private ManagedThreadFactory threads;

    private final Map<String, ServerVerification> verifications = new HashMap<>();

    /**
     * Goes on with what was under way when the node stopped. Not synchronized: the servers, which are asked here, ask this
     * bean under a lock of theirs.
     */
    public void startUp() {
        for (ReplicationServer server : servers.all()) {
            if (server.settings().isMaster()) {
                resume(server);
            }
        }
        servers.onChange(this::changed);
    }

    /** Comparing is not worth a node that does not start. */
    private void resume(ReplicationServer server) {
        try {
            of(server.name()).resume();
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Comparing the files of server " + server.name() + " cannot be gone on with", e);
            server.say(MessageCode.VERIFY_NOT_RESUMED, server.name(), e.getMessage());
        }
    }

    /** Ends all threads; what they were doing is gone on with at the next start. */
    public void shutDown() {
        all().forEach(ServerVerification::end);
    }

    private synchronized List<ServerVerification> all() {
        return List.copyOf(verifications.values());
    }

    /**
     * The comparison of a master server.
     *
     * @throws Refusal if there is no such server or it is a slave
     */
    public synchronized ServerVerification of(String name) {
        ReplicationServer server = servers.server(name);
        if (!server.settings().isMaster()) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        return verifications.computeIfAbsent(
                name,
                n -> new ServerVerification(
                        server, store.comparedStore(), new VerificationRecords(files, n, server::say), threads));
    }

    private void changed(String name, boolean present) {
        boolean master = present
                && servers.settings(name).filter(ServerSettings::isMaster).isPresent();
        ServerVerification gone;
        synchronized (this) {
            gone = master ? null : verifications.remove(name);
        }
        if (gone != null) {
            gone.forget();
        }
    }
}
