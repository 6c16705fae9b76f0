package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.Refusal;

/** One server: its state, its last messages and what can be done with it. */
@Named("serverPage")
@RequestScoped
public class ServerPage {

    private static final int MESSAGES = 20;
    private static final int TRACES = 100;

    @Inject
    ControlDirectory control;

    @Inject
    Frame frame;

    private String name;
    private ServerMXBean server;
    private boolean missing;

    /** The server's name, from the address. */
    public String getName() {
        if (name == null) {
            name = FacesContext.getCurrentInstance()
                    .getExternalContext()
                    .getRequestParameterMap()
                    .getOrDefault("name", "");
        }
        return name;
    }

    /** From the state of the view, when a button was pressed. */
    public void setName(String name) {
        this.name = name;
    }

    /** Whether there is such a server; if not, the page says so. */
    public boolean isFound() {
        if (server == null && !missing) {
            try {
                server = control.server(getName());
            } catch (Refusal e) {
                missing = true;
                frame.show(e);
            }
        }
        return server != null;
    }

    /** The server. */
    public ServerMXBean getServer() {
        return isFound() ? server : null;
    }

    /** As tables show it. */
    public ServerRow getRow() {
        return new ServerRow(server);
    }

    /** Whether it is a slave server. */
    public boolean isSlave() {
        return !getRow().isMaster();
    }

    /** What the manual's Query Server shows; why it cannot, if the server does not run. */
    public String getQuery() {
        return Figures.known(server::query);
    }

    /** Its setup. */
    public String getSetup() {
        return Figures.known(server::show);
    }

    /** Its last messages, most recent first. */
    public List<String> getMessages() {
        return Figures.withTimes(server.status(MESSAGES)).lines().toList();
    }

    /** How long its status has been what it is. */
    public String getStatusSince() {
        return Figures.time(server.getStatusSinceMillis());
    }

    /** What it sent or received today. */
    public String getBytesToday() {
        return Figures.size(server.getBytesToday());
    }

    /** Updates that wait in hb.log,apply. */
    public String getPending() {
        return Figures.counter(server.getPendingUpdates());
    }

    /** What blocks it; empty if nothing does. */
    public String getHead() {
        return isSlave() && server.isRunning() ? Figures.known(server::head) : "";
    }

    /** The last lines of the traces. */
    public String getTraces() {
        return String.join("\n", server.traces(TRACES));
    }
}
