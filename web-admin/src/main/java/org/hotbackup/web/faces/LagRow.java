package org.hotbackup.web.faces;

import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Figure;
import org.hotbackup.control.ServerMXBean;

/**
 * How far one server is behind: of a master server between commit and sending, sending and acknowledgement, and since when
 * equal, of each between acknowledgement and applying. Faces sees it.
 */
public final class LagRow {

    private static final int LAST_SAMPLES = 6;
    private static final long LAST_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final ControlDirectory control;
    private final ServerMXBean server;
    private final boolean slave;

    LagRow(ControlDirectory control, String name) {
        this.control = control;
        server = control.server(name);
        slave = server.getServerType().equals("Slave");
    }

    public String getName() {
        return server.getName();
    }

    /** Transactions committed and not sent. */
    public String getToSend() {
        if (slave) {
            return Figures.UNKNOWN;
        }
        return Figures.known(() -> Figures.counter(Math.max(0, server.getLagTransactions() - unacknowledged())));
    }

    /** Transactions sent and not acknowledged. */
    public String getToAcknowledge() {
        return slave ? Figures.UNKNOWN : Figures.counter(unacknowledged());
    }

    /** Updates acknowledged and not applied, which wait in the slave's {@code dm,hb.log,apply}. */
    public String getToApply() {
        return Figures.counter(server.getPendingUpdates());
    }

    private long unacknowledged() {
        return Math.max(0, server.getCurrentTransaction() - server.getAckedTransaction());
    }

    /** Age of the oldest transaction that is not acknowledged. */
    public String getAge() {
        if (slave) {
            return Figures.UNKNOWN;
        }
        return Figures.known(
                () -> server.getLagMillis() <= 0 ? Texts.get("none") : Figures.time(server.getLagMillis()));
    }

    /** From commit to acknowledgement, of the last transaction. */
    public String getRoundTrip() {
        long millis = server.getLastRoundTripMillis();
        return slave || millis < 0 ? Figures.counter(-1) : Figures.time(millis);
    }

    /** When it will have caught up if nothing new came, at the rate of the last minute; a dash if it does not move. */
    public String getEta() {
        return slave ? Figures.UNKNOWN : Figures.known(this::eta);
    }

    private String eta() {
        long lag = server.getLagTransactions();
        if (lag <= 0) {
            return Texts.get("caughtUp");
        }
        if (new ServerRow(server).isWaiting()) {
            return Figures.UNKNOWN;
        }
        double rate = control
                .samples()
                .samples(
                        Figure.ACKNOWLEDGED_RATE.word(),
                        server.getName(),
                        System.currentTimeMillis() - LAST_MILLIS,
                        LAST_SAMPLES)
                .stream()
                .mapToDouble(sample -> sample.value())
                .average()
                .orElse(0);
        return rate <= 0 ? Figures.counter(-1) : Figures.time(Math.round(lag / rate * 1_000));
    }

    /** As of which LSN both sides were proved equal; a dash if they never were. */
    public String getProved() {
        if (slave) {
            return Figures.UNKNOWN;
        }
        long lsn = control.verification(getName()).getProvedLsn();
        return lsn <= 0 ? Figures.counter(-1) : "LSN " + lsn;
    }

    /** Files that differ. */
    public String getDifferent() {
        return slave
                ? Figures.UNKNOWN
                : Integer.toString(control.verification(getName()).getFilesDifferent());
    }
}
