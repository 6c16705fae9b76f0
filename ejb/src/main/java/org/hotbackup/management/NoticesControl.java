package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.hotbackup.control.Notice;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import org.hotbackup.server.NoticeBoard;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.Users;

/** Notices for users and ports, for every surface. */
@ApplicationScoped
public class NoticesControl implements NoticesMXBean {

    @Inject
    ReplicationServers servers;

    @Inject
    Users users;

    private NoticeBoard board() {
        return servers.noticeBoard();
    }

    @Override
    public long getLastNumber() {
        return board().lastNumber();
    }

    @Override
    public List<String> getAddresses() {
        return users.addresses();
    }

    @Override
    public List<Notice> read(String as, long after, int limit) {
        if (!as.isEmpty() && !NotifyList.isPort(as) && !NotifyList.isUser(as)) {
            throw new Refusal(MessageCode.WATCH_AS_NOBODY, as);
        }
        return board().read(as, after, Paging.limit(limit));
    }

    @Override
    public String readText(String as, long after, int limit) {
        return TextLine.lines(read(as, after, limit));
    }

    @Override
    public List<Notice> take(String port, int limit) {
        if (!NotifyList.isPort(port)) {
            throw new Refusal(MessageCode.WATCH_AS_NOBODY, port);
        }
        return board().take(port, Paging.limit(limit));
    }

    @Override
    public String takeText(String port, int limit) {
        return TextLine.lines(take(port, limit));
    }

    @Override
    public OperationReceipt setAddress(String user, String address) {
        return OperationReceipt.of(() -> users.setAddress(user, address));
    }
}
