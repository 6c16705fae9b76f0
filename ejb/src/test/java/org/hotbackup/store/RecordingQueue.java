package org.hotbackup.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/** A queue that keeps what it is given, and can be made unavailable. */
final class RecordingQueue implements TransactionLogQueue {

    final List<LogEntry> entries = new CopyOnWriteArrayList<>();
    final Semaphore refused = new Semaphore(0);
    volatile boolean available = true;
    volatile RuntimeException failure;
    volatile Runnable beforeAppend = () -> {};

    @Override
    public void append(List<LogEntry> batch) throws QueueUnavailableException {
        if (!available) {
            refused.release();
            throw new QueueUnavailableException("its disk is full", null);
        }
        if (failure != null) {
            refused.release();
            throw failure;
        }
        beforeAppend.run();
        entries.addAll(batch);
    }

    @Override
    public void define(String server) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String server) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear(String server) {
        entries.clear();
    }

    @Override
    public Reader open(String server, Runnable wake) {
        throw new UnsupportedOperationException();
    }

    @Override
    public State state(String server) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LogEntry> browse(String server, long afterLsn, int limit) {
        throw new UnsupportedOperationException();
    }
}
