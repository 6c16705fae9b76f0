package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;

/** The tape-socket servers of the node, their pipes, and the end of {@code ts.log,log}. */
@Named("tapes")
@RequestScoped
public class TapesView extends PageView {

    private static final int LINES = 50;

    private List<TapeRow> servers;

    @Override
    public void load() {
        getServers();
    }

    /** All servers, by name. */
    public List<TapeRow> getServers() {
        if (servers == null) {
            servers = ask(
                    () -> control.tapeSocket().getServerNames().stream()
                            .map(name -> new TapeRow(control.tapeServer(name)))
                            .toList(),
                    List.of());
        }
        return servers;
    }

    /** Where the pipes are, and how many bytes nobody read yet. */
    public String getPipes() {
        return ask(() -> control.tapeSocket().listPipes(), "");
    }

    /** Whether transaction logging is operational, in a sentence. */
    public String getLogging() {
        return ask(() -> control.tapeSocket().tlTest(), "");
    }

    /** The last messages of all servers, oldest first. */
    public List<String> getLog() {
        return ask(
                () -> Figures.withTimes(control.tapeSocket().log(LINES)).lines().toList(), List.of());
    }
}
