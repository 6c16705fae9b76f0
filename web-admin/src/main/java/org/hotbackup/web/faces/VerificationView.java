package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;

/** The comparison of one master server's files with its slave's: how far it is, and what it found. */
@Named("verification")
@RequestScoped
public class VerificationView extends PageView {

    private static final int LINES = 100;

    private List<String> servers;
    private List<VerifiedFile> files;
    private List<ItemDifference> differences;

    /** The master servers: each compares with its slave. */
    public List<String> getServers() {
        if (servers == null) {
            servers = servers("Master");
        }
        return servers;
    }

    /** The one that is looked at: as the address says, or the first; empty if there is none. */
    public String getServer() {
        return address().has("server")
                ? address().text("server")
                : getServers().stream().findFirst().orElse("");
    }

    /** Its figures; null if there is no such master server. */
    public VerificationMXBean getBean() {
        return getServer().isEmpty() ? null : ask(() -> control.verification(getServer()), null);
    }

    /** Whether files were ever compared. */
    public boolean isBegun() {
        return !state().equals("never run");
    }

    /** Whether they are compared or repaired now. */
    public boolean isRunning() {
        return state().equals("verifying") || state().equals("repairing");
    }

    private String state() {
        VerificationMXBean bean = getBean();
        return bean == null ? "" : bean.getState();
    }

    /** As of which LSN all files are proved to be equal; a dash if they are not. */
    public String getProved() {
        VerificationMXBean bean = getBean();
        return bean == null || bean.getProvedLsn() == 0 ? Figures.UNKNOWN : Long.toString(bean.getProvedLsn());
    }

    /** Files compared in this round, in percent of all. */
    public int getPercent() {
        VerificationMXBean bean = getBean();
        return bean == null || bean.getFiles() == 0 ? 0 : (int) (100L * bean.getFilesDone() / bean.getFiles());
    }

    /** How many bytes were found equal. */
    public String getSize() {
        VerificationMXBean bean = getBean();
        return bean == null ? "" : Figures.size(bean.getBytesTotal());
    }

    /** The last result of files, by path, from where the address says. */
    public List<VerifiedFile> getFiles() {
        if (files == null) {
            files = getBean() == null
                    ? List.of()
                    : ask(
                            () -> getBean()
                                    .files(address().text("after"), address().limit(LINES)),
                            List.of());
        }
        return files;
    }

    /** Where to go on with files; empty at the end. */
    public String getNextFile() {
        return getFiles().size() < address().limit(LINES)
                ? ""
                : files.get(files.size() - 1).path();
    }

    /** The items that differ, from where the address says. */
    public List<ItemDifference> getDifferences() {
        if (differences == null) {
            differences = getBean() == null
                    ? List.of()
                    : ask(
                            () -> getBean()
                                    .differences(
                                            address().text("afterPath"),
                                            address().exactly("afterId"),
                                            address().limit(LINES)),
                            List.of());
        }
        return differences;
    }

    /** Whether there may be more of them. */
    public boolean isMoreDifferences() {
        return getDifferences().size() == address().limit(LINES);
    }

    /** The last one of this page. */
    public ItemDifference getLastDifference() {
        return differences.get(differences.size() - 1);
    }

    @Override
    public void load() {
        getFiles();
        getDifferences();
    }
}
