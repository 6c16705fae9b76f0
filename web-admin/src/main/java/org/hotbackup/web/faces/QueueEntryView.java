package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.UpdateContent;

/** One entry of a master server's queue: what it does, and the items, with their marks or in hex. */
@Named("queueEntry")
@RequestScoped
public class QueueEntryView extends ContentView {

    private QueueEntry entry;

    public String getServer() {
        return address().text("server");
    }

    public String getLsn() {
        return address().text("lsn");
    }

    /** The entry; null if it is not there (any more). */
    public ServerRow.EntryRow getEntry() {
        if (entry == null) {
            long lsn = ask(() -> address().number("lsn"), 0L);
            entry =
                    ask(() -> control.transactionLogQueue().list(getServer(), lsn - 1, 1), List.<QueueEntry>of())
                            .stream()
                            .filter(one -> one.lsn() == lsn)
                            .findFirst()
                            .orElse(null);
        }
        return entry == null ? null : new ServerRow.EntryRow(entry);
    }

    @Override
    List<UpdateContent> contents(int after, int limit) {
        return control.transactionLogQueue().contents(getServer(), address().number("lsn"), after, 0, limit);
    }

    @Override
    public void load() {
        getEntry();
        getUpdates();
    }
}
