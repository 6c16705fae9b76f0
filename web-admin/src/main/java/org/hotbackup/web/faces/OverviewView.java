package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;

/** The node, its servers and its queue as they are at the moment of the request. */
@Named("overview")
@RequestScoped
public class OverviewView {

    private static final int SHOWN_ENTRIES = 50;

    @Inject
    ControlDirectory control;

    /** The node. */
    public NodeMXBean getNode() {
        return control.node();
    }

    /** Its servers, by name. */
    public List<ServerMXBean> getServers() {
        return control.node().getServerNames().stream().map(control::server).toList();
    }

    /** The queue. */
    public TransactionLogQueueMXBean getQueue() {
        return control.transactionLogQueue();
    }

    /** The master servers' names: each has a queue. */
    public List<String> getMasters() {
        return getServers().stream()
                .filter(server -> server.getServerType().equals("Master"))
                .map(ServerMXBean::getName)
                .toList();
    }

    /** The oldest entries of a master server's queue. */
    public List<QueueEntry> entries(String server) {
        return control.transactionLogQueue().list(server, 0, SHOWN_ENTRIES);
    }

    /** The manual's Display Queue of a master server. */
    public String display(String server) {
        return control.transactionLogQueue().display(server);
    }

    /** When this was. */
    public String getAsOf() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
