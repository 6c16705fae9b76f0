package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The slave server's conversation with its master, if one is under way, and the ids of the last that are over. For the
 * session's thread.
 */
final class Conversation {

    private static final long NONE = 0;

    private final Deque<Long> over = new ArrayDeque<>();
    private long id = NONE;
    private long since;
    private long lastHeardAt;
    private boolean spoken;
    private boolean batched;

    /** A master called, and is answered. */
    void begin(long now, long newId) {
        id = newId;
        since = now;
        lastHeardAt = now;
        spoken = false;
        batched = false;
    }

    /** It is over, if there was one. */
    void end() {
        if (isUnderWay()) {
            over.addLast(id);
            if (over.size() > SlaveSettings.CONVERSATIONS_REMEMBERED) {
                over.removeFirst();
            }
        }
        id = NONE;
    }

    /** The master said something after its call. */
    void heard(long now) {
        lastHeardAt = now;
        spoken = true;
    }

    /** The master sent updates. */
    void batched() {
        batched = true;
    }

    /** Its id; of no conversation 0. */
    long id() {
        return id;
    }

    boolean isUnderWay() {
        return id != NONE;
    }

    /** Whether a frame of this conversation is one of the conversation that is under way. */
    boolean is(long ofFrame) {
        return isUnderWay() && ofFrame == id;
    }

    /** Whether a call with this id was heard before. */
    boolean isRepeated(long called) {
        return called == id || over.contains(called);
    }

    /** Whether a conversation is under way and its master was heard of lately. */
    boolean isAlive(long now) {
        return isUnderWay() && now - lastHeardAt <= SlaveSettings.SILENCE_MILLIS;
    }

    /** From when on it is not {@link #isAlive} unless its master is heard of before. */
    long aliveUntil() {
        return lastHeardAt + SlaveSettings.SILENCE_MILLIS + 1;
    }

    /** Whether the master said something after its call. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Whether it lasts so long that its master has no reason left to refuse. */
    boolean isSettled() {
        return lastHeardAt - since >= SlaveSettings.SETTLED_MILLIS;
    }

    /**
     * Whether its master has found this slave's position in its queue: before, it names every node whose updates its log ever
     * held, and may still turn away or be turned away.
     */
    boolean isPlaced() {
        return batched || isSettled();
    }
}
