package org.hotbackup.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.NotifyList;

/**
 * Where notices hang for those who watch: the last ones for everybody, and for each port those that nobody has taken yet,
 * whether somebody is there or not (HB-063). Kept in memory, bounded. Posting never waits. Thread-safe.
 */
public final class NoticeBoard {

    /** How many notices are kept. */
    static final int KEPT = 1_000;

    /** How many notices are kept for a port; then the oldest gives way. */
    static final int KEPT_FOR_A_PORT = 100;

    private record Posted(Notice notice, NotifyList list) {}

    private final BiConsumer<String, Notice> courier;
    private final Deque<Posted> last = new ArrayDeque<>();
    private final Map<String, Deque<Notice>> ports = new HashMap<>();
    private Consumer<Notice> listener = notice -> {};
    private long number;

    /**
     * An empty board.
     *
     * @param courier is given each notice for each user on a notify list; must not wait
     */
    NoticeBoard(BiConsumer<String, Notice> courier) {
        this.courier = courier;
    }

    /** Tells every message of every server from now on, in order; must not wait. */
    public synchronized void onNotice(Consumer<Notice> newListener) {
        listener = newListener;
    }

    /** Posts a message of a server; only errors and warnings are for people. */
    synchronized void post(LogMessage message, MessageCode.Severity severity, NotifyList list) {
        Notice notice = new Notice(
                ++number, message.time(), message.server(), severity.word(), message.messageId(), message.text());
        listener.accept(notice);
        if (severity == MessageCode.Severity.INFORMATION) {
            return;
        }
        keep(last, new Posted(notice, list), KEPT);
        for (String port : list.ports()) {
            keep(ports.computeIfAbsent(port, p -> new ArrayDeque<>()), notice, KEPT_FOR_A_PORT);
        }
        for (String user : list.users()) {
            courier.accept(user, notice);
        }
    }

    private static <T> void keep(Deque<T> kept, T added, int most) {
        kept.addLast(added);
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }

    /** Number of the last message of any server. */
    public synchronized long lastNumber() {
        return number;
    }

    /**
     * The notices after one, oldest first.
     *
     * @param as a user or port on the server's notify list; empty for all notices
     */
    public synchronized List<Notice> read(String as, long after, int limit) {
        return last.stream()
                .filter(posted -> posted.notice().number() > after)
                .filter(posted -> as.isEmpty() || posted.list().includes(as))
                .map(Posted::notice)
                .limit(limit)
                .toList();
    }

    /** Takes the notices that are kept for a port, oldest first. */
    public synchronized List<Notice> take(String port, int limit) {
        Deque<Notice> kept = ports.getOrDefault(port, new ArrayDeque<>());
        List<Notice> taken = new ArrayList<>();
        while (!kept.isEmpty() && taken.size() < limit) {
            taken.add(kept.removeFirst());
        }
        if (kept.isEmpty()) {
            ports.remove(port);
        }
        return taken;
    }
}
