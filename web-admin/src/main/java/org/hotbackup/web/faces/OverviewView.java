package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.Cause;
import org.hotbackup.control.Figure;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.Role;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.web.security.PageUser;

/** The node, its servers and its queue as they are at the moment of the request. */
@Named("overview")
@RequestScoped
public class OverviewView extends PageView {

    private static final int MOST_SAMPLES = 2_000;
    private static final String HEALTHY = "OK";
    private static final String NOTICE = "notice";

    /** What was used in less time says nothing about the hours to come. */
    private static final long TREND_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final double HOUR = TimeUnit.HOURS.toMillis(1);

    @Inject
    PageUser user;

    private List<ServerRow> servers;
    private List<Chart> charts;
    private List<Cause> causes;
    private List<CertificateRow> certificates;

    @Override
    public void load() {
        getCauses();
        getQueueDepth();
    }

    /** The node. */
    public NodeMXBean getNode() {
        return control.node();
    }

    /** Its servers, by name; asked once a request, because Faces asks often. */
    public List<ServerRow> getServers() {
        if (servers == null) {
            servers = control.node().getServerNames().stream()
                    .sorted()
                    .map(name -> new ServerRow(control.server(name)))
                    .toList();
        }
        return servers;
    }

    /** How far each server is behind. */
    public List<LagRow> getLags() {
        return getServers().stream()
                .map(server -> new LagRow(control, server.getName()))
                .toList();
    }

    /** The slave servers. */
    public List<ServerRow> getSlaves() {
        return getServers().stream().filter(server -> !server.isMaster()).toList();
    }

    /** What is wrong, the most likely cause first, with what to do next; empty if nothing is. */
    public List<Cause> getCauses() {
        if (causes == null) {
            causes = ask(
                    () -> control.node().diagnose().stream()
                            .filter(cause -> !cause.severity().equals(NOTICE))
                            .toList(),
                    List.of());
        }
        return causes;
    }

    /** The health of the node: OK, DEGRADED or CRITICAL; unknown if it cannot be asked. */
    public String getHealth() {
        return ask(() -> control.node().getHealth(), Texts.get("unknown"));
    }

    /** Whether all is well. */
    public boolean isHealthy() {
        return getHealth().equals(HEALTHY);
    }

    /** The queue. */
    public TransactionLogQueueMXBean getQueue() {
        return control.transactionLogQueue();
    }

    /** Which files are logged, in words. */
    public String getLogMode() {
        return Texts.get(isAllLogged() ? "logsAll" : "logsDl");
    }

    /** Whether all files are logged, and not only those that say so. */
    public boolean isAllLogged() {
        return getQueue().getLogMode().equals("ALL");
    }

    /** How many entries the longest queue has; a dash if it cannot be asked. */
    public String getQueueDepth() {
        return ask(() -> Texts.get("entriesOf", getQueue().getDepth()), Figures.UNKNOWN);
    }

    /** How much it holds; a dash if it cannot be asked. */
    public String getQueueSize() {
        return ask(() -> Figures.size(getQueue().getBytes()), Figures.UNKNOWN);
    }

    /** How long the oldest entry has waited; a dash if it cannot be asked. */
    public String getQueueAge() {
        return ask(
                () -> getQueue().getDepth() == 0
                        ? Texts.get("none")
                        : Figures.time(getQueue().getOldestAgeMillis()),
                Figures.UNKNOWN);
    }

    /** The certificates of the node and of its peers; none if one cannot be read. */
    public List<CertificateRow> getCertificates() {
        if (certificates == null) {
            certificates = ask(() -> control.security().certificates(), List.<NodeCertificate>of()).stream()
                    .map(CertificateRow::new)
                    .toList();
        }
        return certificates;
    }

    /** What the other side of each server says of itself. */
    public List<PeerRow> getPeers() {
        return getServers().stream()
                .map(server -> new PeerRow(control.server(server.getName()), getCertificates()))
                .toList();
    }

    /** Whether the user may have what support needs. */
    public boolean isSupportAllowed() {
        return user.may(Role.ADMIN);
    }

    /** How long the node has been ready. */
    public String getUptime() {
        return Figures.time(TimeUnit.SECONDS.toMillis(getNode().getUptimeSeconds()));
    }

    /** What is left on the store's disk. */
    public String getDiskFree() {
        return Figures.size(getNode().getDiskFreeBytes());
    }

    /** How long until updates are refused, if it goes on as in the last hour; a dash if it does not become less. */
    public String getDiskLasts() {
        List<Sample> samples = samples(Figure.DISK_FREE, "", System.currentTimeMillis() - (long) HOUR);
        if (samples.isEmpty()) {
            return Figures.UNKNOWN;
        }
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        if (last.timeMillis() - first.timeMillis() < TREND_MILLIS) {
            return Figures.UNKNOWN;
        }
        double usedAnHour = (first.value() - last.value()) / (last.timeMillis() - first.timeMillis()) * HOUR;
        return usedAnHour <= 0
                ? Figures.UNKNOWN
                : Figures.time(
                        (long) (Math.max(0, last.value() - getNode().getDiskReserveBytes()) / usedAnHour * HOUR));
    }

    /** Whether the charts show a day, and not an hour. */
    public boolean isDay() {
        return "day"
                .equals(FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .get("span"));
    }

    /** The charts: the lag where there is a master server, what waits to be applied where there is a slave server. */
    public List<Chart> getCharts() {
        if (charts == null) {
            charts = new ArrayList<>();
            first("Master").ifPresent(master -> charts.add(chart("chartLag", Figure.LAG_TIME, master)));
            first("Slave").ifPresent(slave -> charts.add(chart("chartPending", Figure.PENDING_UPDATES, slave)));
            charts.add(chart("chartDepth", Figure.QUEUE_DEPTH, ""));
            charts.add(chart("chartCommitted", Figure.COMMITTED_RATE, ""));
            charts.add(chart("chartDisk", Figure.DISK_FREE, ""));
        }
        return charts;
    }

    private Optional<String> first(String type) {
        return getServers().stream()
                .filter(server -> server.getType().equals(type))
                .map(ServerRow::getName)
                .findFirst();
    }

    private Chart chart(String title, Figure figure, String server) {
        SamplesMXBean samples = control.samples();
        long to = System.currentTimeMillis();
        long from = to - (isDay() ? TimeUnit.DAYS.toMillis(1) : TimeUnit.HOURS.toMillis(1));
        int seconds = isDay() ? samples.getLongIntervalSeconds() : samples.getIntervalSeconds();
        return new Chart(
                Texts.get(title, server),
                figure,
                samples(figure, server, from),
                from,
                to,
                TimeUnit.SECONDS.toMillis(3L * seconds));
    }

    private List<Sample> samples(Figure figure, String server, long from) {
        return ask(() -> control.samples().samples(figure.word(), server, from, MOST_SAMPLES), List.of());
    }
}
