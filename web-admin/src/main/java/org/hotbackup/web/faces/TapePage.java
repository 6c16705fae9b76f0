package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.TapeServerMXBean;

/** One tape-socket server: its state, its last messages and what can be done with it. */
@Named("tapePage")
@RequestScoped
public class TapePage extends FoundServerPage<TapeServerMXBean> {

    private static final int MESSAGES = 20;

    @Override
    TapeServerMXBean find(String ofName) {
        return control.tapeServer(ofName);
    }

    /** The server; null if there is none. */
    public TapeServerMXBean getServer() {
        return found();
    }

    /** As tables show it. */
    public TapeRow getRow() {
        return new TapeRow(getServer());
    }

    /** Its setup. */
    public String getSetup() {
        return Figures.known(getServer()::show);
    }

    /** Its last messages, most recent first. */
    public List<String> getMessages() {
        return Figures.withTimes(getServer().status(MESSAGES)).lines().toList();
    }
}
