package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Notice;
import org.hotbackup.control.Task;

/** What runs long, the latest jobs, and the notices for people. */
@Named("activity")
@RequestScoped
public class ActivityPage {

    private static final int MOST = 100;
    private static final int JOBS = 50;

    @Inject
    ControlDirectory control;

    private List<Task> tasks;

    /** Tasks, those under way first. */
    public List<Task> getTasks() {
        if (tasks == null) {
            tasks = control.tasks().list(MOST);
        }
        return tasks;
    }

    /** The latest jobs, as the manual's list-jobs shows them. */
    public String getJobs() {
        return control.node().listJobs(JOBS);
    }

    /** The last notices, most recent first. */
    public List<Notice> getNotices() {
        long last = control.notices().getLastNumber();
        List<Notice> notices = control.notices().read("", Math.max(0, last - MOST), MOST);
        return notices.stream()
                .sorted((one, other) -> Long.compare(other.number(), one.number()))
                .toList();
    }

    /** When a notice was said. */
    public String time(Notice notice) {
        return Figures.withTimes(notice.time());
    }

    /** Users with an address, as {@code user=address}. */
    public List<String> getAddresses() {
        return control.notices().getAddresses();
    }
}
