package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.LostRecord;

/** The workbench of lost+found: the records that fit what the address gives, a page of them. */
@Named("workbench")
@RequestScoped
public class LostAndFoundView extends PageView {

    /** The types of lost+found (HB-161). */
    private static final int TYPES = 11;

    private static final int LINES = 50;
    /** A page looks at no more records than this. */
    private static final int LOOKED_AT = 5_000;

    private List<LostRecord> records;
    private String reached = "";
    private boolean more;

    public String getServer() {
        return address().text("server");
    }

    public String getType() {
        return address().text("type");
    }

    public String getAfter() {
        return address().text("after");
    }

    /** The slave servers. */
    public List<String> getServers() {
        return servers("Slave");
    }

    /** The types that can be looked for. */
    public List<Integer> getTypes() {
        List<Integer> types = new ArrayList<>();
        for (int type = 1; type <= TYPES; type++) {
            types.add(type);
        }
        return types;
    }

    /** Whether only some records are looked for. */
    public boolean isFiltered() {
        return !getServer().isEmpty() || !getType().isEmpty();
    }

    /** How many records there are in all. */
    public long getCount() {
        return ask(() -> control.lostAndFound().getCount(), 0L);
    }

    /** What was found. */
    public List<LostRecord> getRecords() {
        if (records == null) {
            records = new ArrayList<>();
            ask(
                    () -> {
                        find();
                        return true;
                    },
                    false);
        }
        return records;
    }

    private void find() {
        int limit = address().limit(LINES);
        reached = getAfter();
        int looked = 0;
        List<LostRecord> page = control.lostAndFound().list(reached, limit);
        while (!page.isEmpty()) {
            for (LostRecord record : page) {
                if (records.size() == limit) {
                    more = true;
                    return;
                }
                if (fits(record)) {
                    records.add(record);
                }
                reached = record.id();
            }
            looked += page.size();
            if (looked >= LOOKED_AT) {
                more = true;
                return;
            }
            page = control.lostAndFound().list(reached, limit);
        }
    }

    private boolean fits(LostRecord record) {
        return (getServer().isEmpty() || record.server().equals(getServer()))
                && (getType().isEmpty() || getType().equals(Integer.toString(record.type())));
    }

    /** Whether there may be more. */
    public boolean isMore() {
        getRecords();
        return more;
    }

    /** Where to go on. */
    public String getReached() {
        getRecords();
        return reached;
    }

    @Override
    public void load() {
        getRecords();
    }
}
