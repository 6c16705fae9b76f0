package org.hotbackup.web.faces;

import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Figure;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;

/** How far the slave of one master server is behind: between commit and sending, sending and acknowledgement, and since when equal. Faces sees it. */
public final class LagRow {

    private static final int LAST_SAMPLES = 6;
    private static final long LAST_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final ControlDirectory control;
    private final ServerMXBean server;
    private final VerificationMXBean verification;

    LagRow(ControlDirectory control, String name) {
        this.control = control;
        server = control.server(name);
        verification = control.verification(name);
    }

    public String getName() {
        return server.getName();
    }

    /** Transactions committed and not sent. */
    public String getToSend() {
        return Figures.known(() -> Figures.counter(Math.max(0, server.getLagTransactions() - unacknowledged())));
    }

    /** Transactions sent and not acknowledged. */
    public String getToAcknowledge() {
        return Figures.counter(unacknowledged());
    }

    private long unacknowledged() {
        return Math.max(0, server.getCurrentTransaction() - server.getAckedTransaction());
    }

    /** Age of the oldest transaction that is not acknowledged. */
    public String getAge() {
        return Figures.known(
                () -> server.getLagMillis() <= 0 ? Texts.get("none") : Figures.time(server.getLagMillis()));
    }

    /** From commit to acknowledgement, of the last transaction. */
    public String getRoundTrip() {
        long millis = server.getLastRoundTripMillis();
        return millis < 0 ? Figures.counter(-1) : Figures.time(millis);
    }

    /** When it will have caught up if nothing new came, at the rate of the last minute; a dash if it does not move. */
    public String getEta() {
        return Figures.known(this::eta);
    }

    private String eta() {
        long lag = server.getLagTransactions();
        if (lag <= 0) {
            return Texts.get("caughtUp");
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
        long lsn = verification.getProvedLsn();
        return lsn <= 0 ? Figures.counter(-1) : "LSN " + lsn;
    }

    /** Files that differ. */
    public int getDifferent() {
        return verification.getFilesDifferent();
    }
}
