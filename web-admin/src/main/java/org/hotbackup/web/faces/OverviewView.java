package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;

/** The node, its servers and its queue as they are at the moment of the request. */
@Named("overview")
@RequestScoped
public class OverviewView {

    @Inject
    ControlDirectory control;

    private List<ServerRow> servers;

    /** The node. */
    public NodeMXBean getNode() {
        return control.node();
    }

    /** Its servers, by name; asked once a request, because Faces asks often. */
    public List<ServerRow> getServers() {
        if (servers == null) {
            TransactionLogQueueMXBean queue = control.transactionLogQueue();
            servers = control.node().getServerNames().stream()
                    .sorted()
                    .map(name -> new ServerRow(control.server(name), queue))
                    .toList();
        }
        return servers;
    }

    /** The master servers: each has a queue. */
    public List<ServerRow> getMasters() {
        return getServers().stream().filter(ServerRow::isMaster).toList();
    }

    /** The queue. */
    public TransactionLogQueueMXBean getQueue() {
        return control.transactionLogQueue();
    }

    /** How much the longest queue holds. */
    public String getQueueSize() {
        return Figures.size(getQueue().getBytes());
    }

    /** How long the oldest entry has waited. */
    public String getQueueAge() {
        return Figures.time(getQueue().getOldestAgeMillis());
    }

    /** How long the node has been ready. */
    public String getUptime() {
        return Figures.time(TimeUnit.SECONDS.toMillis(getNode().getUptimeSeconds()));
    }

    /** What is left on the store's disk. */
    public String getDiskFree() {
        return Figures.size(getNode().getDiskFreeBytes());
    }

    /** When this was. */
    public String getAsOf() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
