package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.settings.TapeSettings;

/** The queue browser: the entries of one master server's queue that fit what the address gives, a page of them. */
@Named("queueBrowser")
@RequestScoped
public class QueueView extends PageView {

    private static final int LINES = 50;
    private static final QueuePage NOTHING = new QueuePage(List.of(), 0, false);

    private List<String> servers;
    private List<String> masters = List.of();
    private QueuePage page;

    /** Whose queues there are: the master servers', and those of output servers that send the log. */
    public List<String> getServers() {
        if (servers == null) {
            masters = servers("Master");
            List<String> linked = ask(
                    () -> control.tapeSocket().getServerNames().stream()
                            .filter(this::sendsLog)
                            .toList(),
                    List.<String>of());
            servers =
                    Stream.concat(masters.stream(), linked.stream()).distinct().toList();
        }
        return servers;
    }

    private boolean sendsLog(String tapeServer) {
        TapeSettings settings =
                TapeSettings.parse(control.tapeServer(tapeServer).getSettings());
        return settings.isLinked() && settings.isOutput();
    }

    /** The one that is looked at: as the address says, or the first; empty if there is none. */
    public String getServer() {
        return address().has("server")
                ? address().text("server")
                : getServers().stream().findFirst().orElse("");
    }

    public String getFile() {
        return address().text("file");
    }

    public String getItem() {
        return address().exactly("item");
    }

    public String getOperation() {
        return address().text("operation");
    }

    public String getAfter() {
        return address().text("after");
    }

    public String getUpTo() {
        return address().text("upTo");
    }

    /** The operations that can be looked for. */
    public List<String> getOperations() {
        return UpdateContent.OPERATIONS;
    }

    /** Whether only some entries are looked for. */
    public boolean isFiltered() {
        return !getFile().isEmpty()
                || !getItem().isEmpty()
                || !getOperation().isEmpty()
                || !getUpTo().isEmpty();
    }

    /** The server's figures; null if there is none, or it is no master. */
    public ServerRow getRow() {
        boolean tapes = getServers().contains(getServer()) && !masters.contains(getServer());
        return getServer().isEmpty() || tapes ? null : ask(() -> new ServerRow(control.server(getServer())), null);
    }

    private QueuePage page() {
        if (page == null) {
            page = getServer().isEmpty() ? NOTHING : ask(this::find, NOTHING);
        }
        return page;
    }

    private QueuePage find() {
        Address address = address();
        return control.transactionLogQueue()
                .find(
                        getServer(),
                        getFile(),
                        getItem(),
                        getOperation(),
                        address.number("after"),
                        address.number("upTo"),
                        address.limit(LINES));
    }

    /** What was found. */
    public List<ServerRow.EntryRow> getEntries() {
        return page().entries().stream().map(ServerRow.EntryRow::new).toList();
    }

    /** Whether there may be more. */
    public boolean isMore() {
        return page().more();
    }

    /** Where to go on. */
    public long getReached() {
        return page().reachedLsn();
    }

    @Override
    public void load() {
        page();
    }
}
