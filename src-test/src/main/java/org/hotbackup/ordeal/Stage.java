package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.TestNode;

/** The pair with its users, and what everybody who acts on it needs. */
final class Stage {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Pair pair;
    private final SecondSlave secondSlave;
    private final Journal journal;
    private final Expectation expectation = new Expectation();
    private final Excuses excuses = new Excuses();
    private final ReadWriteLock calls = new ReentrantReadWriteLock(true);
    private final List<User> users = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final NodeLogs logs;
    private final User operator;
    private int slaveStarts;

    Stage(Pair pair, SecondSlave secondSlave, Journal journal, int count, long seed) {
        this.pair = pair;
        this.secondSlave = secondSlave;
        this.journal = journal;
        this.logs = new NodeLogs(journal);
        operator = new User(
                count, pair.master().rest(), new UserMoves(count, seed, expectation), expectation, calls, journal);
        for (int i = 0; i < count; i++) {
            UserMoves moves = new UserMoves(i, seed, expectation);
            users.add(new User(i, pair.master().rest(), moves, expectation, calls, journal));
        }
    }

    Pair pair() {
        return pair;
    }

    /** A further slave of the same master. */
    SecondSlave secondSlave() {
        return secondSlave;
    }

    Journal journal() {
        return journal;
    }

    Expectation expectation() {
        return expectation;
    }

    Excuses excuses() {
        return excuses;
    }

    NodeLogs logs() {
        return logs;
    }

    /** One who does nothing of its own accord, only what an action asks for. */
    User operator() {
        return operator;
    }

    long answered() {
        return users.stream().mapToLong(User::answered).sum();
    }

    void startUsers() {
        users.forEach(User::begin);
        for (User user : users) {
            Thread thread = new Thread(user, "user");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void stopUsers() throws InterruptedException {
        users.forEach(User::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Everybody works on the master as it is now. */
    void moveUsers() {
        RestClient master = pair.master().rest();
        operator.moveTo(master);
        users.forEach(user -> user.moveTo(master));
    }

    /** Does something while no call of a user is under way, and what became of each is known. */
    void quietly(Runnable work) {
        calls.writeLock().lock();
        try {
            work.run();
        } finally {
            calls.writeLock().unlock();
        }
    }

    void start(TestNode node) {
        logs.lookBeforeStart(node);
        node.start();
        if (node == pair.slave()) {
            slaveStarted();
        }
    }

    /** The slave server was started: it counts from the beginning. */
    void slaveStarted() {
        slaveStarts++;
    }

    /** How often the slave server was started. */
    int slaveStarts() {
        return slaveStarts;
    }

    /** A power failure. */
    void killAndStart(TestNode node) {
        node.kill();
        start(node);
    }

    /** An operator's order that must be taken. */
    void done(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            journal.violation("refused: " + receipt.messageId() + " " + receipt.message());
        }
    }

    /** Waits until something is true; false if it is not in time. */
    static boolean await(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    static void pause(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
