package org.hotbackup.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;

/**
 * Brings notices to users who have an address (HB-058), on a thread of its own: servers never wait for it. What cannot be
 * delivered is kept, bounded, and tried again; a failure is said once, and so is its end.
 */
final class NoticeCourier {

    /** How many notices may wait for the courier; more are not delivered. */
    static final int WAITING_AT_MOST = 1_000;

    /** How many undelivered notices are kept for a user; then the oldest gives way. */
    static final int KEPT_FOR_A_USER = 100;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private record Letter(String user, Notice notice) {}

    private static final Letter END = new Letter("", null);

    private final Function<String, Optional<String>> addresses;
    private final NoticeDelivery mail;
    private final NoticeDelivery web;
    private final PermanentLog log;
    private final Duration again;
    private final BlockingQueue<Letter> waiting = new LinkedBlockingQueue<>(WAITING_AT_MOST);
    private final Map<String, Deque<Notice>> undelivered = new HashMap<>();
    /** The address of each user at which it is known to fail. */
    private final Map<String, String> troubles = new HashMap<>();

    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean full;

    /**
     * Not yet running.
     *
     * @param addresses the address in a user's record
     * @param again how soon an undelivered notice is tried again at the latest
     */
    NoticeCourier(
            Function<String, Optional<String>> addresses,
            NoticeDelivery mail,
            NoticeDelivery web,
            PermanentLog log,
            Duration again,
            ThreadFactory threads) {
        this.addresses = addresses;
        this.mail = mail;
        this.web = web;
        this.log = log;
        this.again = again;
        this.thread = threads.newThread(this::run);
        this.thread.setName("hot-backup notice courier");
    }

    void start() {
        thread.start();
    }

    /** Ends after the delivery under way; what is undelivered stays in the permanent log. */
    void stop() throws InterruptedException {
        stopping = true;
        waiting.offer(END);
        thread.join(STOP_PATIENCE.toMillis());
        // what lasts longer waits for the network, where an interrupt does no harm
        thread.interrupt();
    }

    /** Takes a notice for a user. From any thread; never waits. */
    void take(String user, Notice notice) {
        boolean fits = waiting.offer(new Letter(user, notice));
        if (!fits && !full) {
            log.say(notice.server(), MessageCode.NOTICES_LEFT_OUT, WAITING_AT_MOST);
        }
        full = !fits;
    }

    private void run() {
        try {
            while (!stopping) {
                Letter first =
                        undelivered.isEmpty() ? waiting.take() : waiting.poll(again.toMillis(), TimeUnit.MILLISECONDS);
                for (Letter letter = first; letter != null && letter != END; letter = waiting.poll()) {
                    keep(letter);
                }
                deliverAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Letter letter) {
        Deque<Notice> kept = undelivered.computeIfAbsent(letter.user(), user -> new ArrayDeque<>());
        kept.addLast(letter.notice());
        if (kept.size() > KEPT_FOR_A_USER) {
            kept.removeFirst();
        }
    }

    private void deliverAll() {
        Iterator<Map.Entry<String, Deque<Notice>>> users =
                undelivered.entrySet().iterator();
        while (users.hasNext() && !stopping) {
            Map.Entry<String, Deque<Notice>> user = users.next();
            deliver(user.getKey(), user.getValue());
            if (user.getValue().isEmpty()) {
                users.remove();
            }
        }
    }

    private void deliver(String user, Deque<Notice> notices) {
        String server = notices.getFirst().server();
        String address = "";
        try {
            address = addresses.apply(user).orElse("");
            if (address.isEmpty()) {
                notices.clear();
                troubles.remove(user);
                return;
            }
            NoticeAddress parsed = NoticeAddress.parse(address)
                    .orElseThrow(() -> new NoticeDelivery.NotDelivered("this is no address of mail or of the web"));
            (parsed.web() == null ? mail : web).deliver(parsed, notices);
            if (troubles.remove(user) != null) {
                log.say(server, MessageCode.NOTICES_DELIVERED_AGAIN, user, parsed);
            }
        } catch (NoticeDelivery.NotDelivered | RuntimeException e) {
            if (!stopping && !address.equals(troubles.put(user, address))) {
                log.say(server, MessageCode.NOTICES_NOT_DELIVERED, user, NoticeAddress.shown(address), e.getMessage());
            }
        }
    }
}
