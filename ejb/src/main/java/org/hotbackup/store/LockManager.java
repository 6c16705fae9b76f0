package org.hotbackup.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Locks of the node's transactions, held until their end (ADR 2: locks live in the node, not in the database). Granted
 * in order of request, except that whoever holds a lock already goes before. A request that would wait for itself by way
 * of others, or waits too long, is refused. Thread-safe; a transaction is used by one thread at a time.
 */
final class LockManager {

    /** How a lock is held. */
    enum Mode {
        /** Together with others. */
        SHARED,
        /** Alone. */
        EXCLUSIVE
    }

    private static final class Entry {
        final Map<Object, Mode> holders = new HashMap<>(2);
        final Deque<Request> waiting = new ArrayDeque<>(0);
    }

    private static final class Request {
        final Object owner;
        final LockKey key;
        final Mode mode;
        final Entry entry;
        final boolean upgrade;
        final boolean yields;
        final Condition granted;
        boolean done;
        boolean gaveWay;

        Request(Object owner, LockKey key, Mode mode, Entry entry, boolean upgrade, boolean yields, Condition granted) {
            this.owner = owner;
            this.key = key;
            this.mode = mode;
            this.entry = entry;
            this.upgrade = upgrade;
            this.yields = yields;
            this.granted = granted;
        }
    }

    private final long timeOutNanos;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Map<LockKey, Entry> entries = new HashMap<>();
    private final Map<Object, Set<LockKey>> held = new HashMap<>();
    private final Map<Object, Request> waits = new HashMap<>();

    /** With the longest wait for one lock. */
    LockManager(long timeOut, TimeUnit unit) {
        timeOutNanos = unit.toNanos(timeOut);
    }

    /**
     * Gives a transaction a lock, waiting for it if need be. One that it holds already costs nothing; a shared one becomes
     * exclusive.
     *
     * @throws Refusal if it would wait for itself (a deadlock) or has waited too long; its other locks stay
     */
    void acquire(Object owner, LockKey key, Mode mode) {
        acquire(owner, key, mode, false, timeOutNanos);
    }

    /**
     * As {@link #acquire}, for work that can be done later as well: waits no longer than it is told, and gives way when
     * somebody else could not go on because of it. Nobody is ever refused because of such a request.
     *
     * @throws Refusal if it has waited too long or has given way
     */
    void acquireYielding(Object owner, LockKey key, Mode mode, long patience, TimeUnit unit) {
        acquire(owner, key, mode, true, unit.toNanos(patience));
    }

    private void acquire(Object owner, LockKey key, Mode mode, boolean yields, long patienceNanos) {
        mutex.lock();
        try {
            Entry entry = entries.computeIfAbsent(key, k -> new Entry());
            Mode has = entry.holders.get(owner);
            if (has == Mode.EXCLUSIVE || has == mode) {
                return;
            }
            Request request = new Request(owner, key, mode, entry, has != null, yields, mutex.newCondition());
            if (free(request) && (request.upgrade || entry.waiting.isEmpty())) {
                grant(key, request);
                return;
            }
            await(request, patienceNanos);
        } finally {
            mutex.unlock();
        }
    }

    /** Ends a transaction's locks. */
    void releaseAll(Object owner) {
        mutex.lock();
        try {
            Set<LockKey> keys = held.remove(owner);
            if (keys == null) {
                return;
            }
            for (LockKey key : keys) {
                Entry entry = entries.get(key);
                entry.holders.remove(owner);
                grantNext(key, entry);
            }
        } finally {
            mutex.unlock();
        }
    }

    /** How many locks are held, for tests and figures. */
    int size() {
        mutex.lock();
        try {
            return entries.size();
        } finally {
            mutex.unlock();
        }
    }

    /** How many requests wait, for tests and figures. */
    int waiting() {
        mutex.lock();
        try {
            return waits.size();
        } finally {
            mutex.unlock();
        }
    }

    private void await(Request request, long patienceNanos) {
        LockKey key = request.key;
        Entry entry = request.entry;
        if (request.upgrade) {
            entry.waiting.addFirst(request);
        } else {
            entry.waiting.addLast(request);
        }
        waits.put(request.owner, request);
        boolean interrupted = false;
        try {
            while (!request.done && waitsForItself(request)) {
                if (!somebodyGivesWay(request)) {
                    throw new Refusal(MessageCode.LOCKED, key);
                }
            }
            long left = patienceNanos;
            while (!request.done) {
                if (left <= 0 || request.gaveWay) {
                    throw new Refusal(MessageCode.LOCKED, key);
                }
                try {
                    left = request.granted.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    throw new Refusal(MessageCode.LOCKED, key);
                }
            }
        } finally {
            waits.remove(request.owner);
            if (!request.done && !request.gaveWay) {
                entry.waiting.remove(request);
                grantNext(key, entry);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes one yielding request back, so that what waits behind it can go on. */
    private boolean somebodyGivesWay(Request inNeed) {
        for (Request other : waits.values()) {
            if (other.yields && other != inNeed && !other.done && !other.gaveWay) {
                other.gaveWay = true;
                other.entry.waiting.remove(other);
                grantNext(other.key, other.entry);
                other.granted.signal();
                return true;
            }
        }
        return false;
    }

    private static boolean free(Request request) {
        Map<Object, Mode> holders = request.entry.holders;
        if (request.mode == Mode.SHARED) {
            return !holders.containsValue(Mode.EXCLUSIVE);
        }
        return holders.isEmpty() || request.upgrade && holders.size() == 1;
    }

    private void grant(LockKey key, Request request) {
        request.entry.holders.put(request.owner, request.mode);
        request.done = true;
        held.computeIfAbsent(request.owner, o -> new HashSet<>()).add(key);
    }

    private void grantNext(LockKey key, Entry entry) {
        while (!entry.waiting.isEmpty() && free(entry.waiting.peekFirst())) {
            Request next = entry.waiting.removeFirst();
            grant(key, next);
            next.granted.signal();
        }
        if (entry.holders.isEmpty() && entry.waiting.isEmpty()) {
            entries.remove(key);
        }
    }

    /** Whether following who waits for whom leads back to the request's owner. */
    private boolean waitsForItself(Request start) {
        Set<Object> seen = new HashSet<>();
        Deque<Request> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            for (Object blocker : blockers(open.removeFirst())) {
                if (blocker == start.owner) {
                    return true;
                }
                Request next = waits.get(blocker);
                if (next != null && !next.done && !next.gaveWay && seen.add(blocker)) {
                    open.addLast(next);
                }
            }
        }
        return false;
    }

    private static List<Object> blockers(Request request) {
        List<Object> blockers = new ArrayList<>();
        request.entry.holders.forEach((owner, mode) -> {
            if (owner != request.owner && conflict(mode, request.mode)) {
                blockers.add(owner);
            }
        });
        // grants keep the order of requests, so everybody who waits in front is waited for
        for (Request ahead : request.entry.waiting) {
            if (ahead == request) {
                break;
            }
            blockers.add(ahead.owner);
        }
        return blockers;
    }

    private static boolean conflict(Mode held, Mode wanted) {
        return held == Mode.EXCLUSIVE || wanted == Mode.EXCLUSIVE;
    }
}
