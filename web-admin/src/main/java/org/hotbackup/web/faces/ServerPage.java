package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.ServerMXBean;

/** One server: its state, its last messages and what can be done with it. */
@Named("serverPage")
@RequestScoped
public class ServerPage extends FoundServerPage<ServerMXBean> {

    private static final int MESSAGES = 20;
    private static final int TRACES = 100;

    @Override
    ServerMXBean find(String ofName) {
        return control.server(ofName);
    }

    /** The server; null if there is none. */
    public ServerMXBean getServer() {
        return found();
    }

    /** As tables show it. */
    public ServerRow getRow() {
        return new ServerRow(getServer());
    }

    /** Whether it is a slave server. */
    public boolean isSlave() {
        return !getRow().isMaster();
    }

    /** What the manual's Query Server shows; why it cannot, if the server does not run. */
    public String getQuery() {
        return Figures.known(getServer()::query);
    }

    /** Its setup. */
    public String getSetup() {
        return Figures.known(getServer()::show);
    }

    /** Its last messages, most recent first. */
    public List<String> getMessages() {
        return Figures.withTimes(getServer().status(MESSAGES)).lines().toList();
    }

    /** How long its status has been what it is. */
    public String getStatusSince() {
        return Figures.time(getServer().getStatusSinceMillis());
    }

    /** What it sent or received today. */
    public String getBytesToday() {
        return Figures.size(getServer().getBytesToday());
    }

    /** Updates that wait in hb.log,apply. */
    public String getPending() {
        return Figures.counter(getServer().getPendingUpdates());
    }

    /** What blocks it; empty if nothing does. */
    public String getHead() {
        return isSlave() && getServer().isRunning() ? Figures.known(getServer()::head) : "";
    }

    /** The last lines of the traces. */
    public String getTraces() {
        return String.join("\n", getServer().traces(TRACES));
    }
}
