package org.hotbackup.demo;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/**
 * Writes account {@code world} to a node in transactions of some hundred items, over several connections. While the node
 * does not answer it tries again: every update is whole, so writing it twice does no harm.
 */
public final class WorldLoader {

    private static final int TRANSACTION_ITEMS = 250;
    private static final int CONNECTIONS = 4;
    private static final long AGAIN_MILLIS = 500;
    private static final DPointer ACCOUNT_POINTER = DPointer.of("DL", 101);

    private final RestClient node;
    private final long limit;
    private final BooleanSupplier goOn;
    private final AtomicLong written = new AtomicLong();

    /**
     * A loader that has not begun.
     *
     * @param limit the most items of each file
     * @param goOn false to give up
     */
    public WorldLoader(RestClient node, long limit, BooleanSupplier goOn) {
        this.node = node;
        this.limit = limit;
        this.goOn = goOn;
    }

    /** How many items are written so far. */
    public long written() {
        return written.get();
    }

    /**
     * Creates the account and its files and writes all items; returns when the last is committed.
     *
     * @throws InterruptedException if it was told to give up
     */
    public void load() throws InterruptedException {
        again(() -> {
            if (!node.hasAccount(WorldData.ACCOUNT)) {
                node.createAccount(WorldData.ACCOUNT, ACCOUNT_POINTER);
            }
            return null;
        });
        ExecutorService writers = Executors.newFixedThreadPool(CONNECTIONS, r -> {
            Thread thread = new Thread(r, "world loader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Semaphore ahead = new Semaphore(2 * CONNECTIONS);
            List<Future<?>> transactions = new ArrayList<>();
            for (FilePath file : WorldData.files()) {
                again(() -> {
                    if (!node.hasFile(file)) {
                        node.createFile(file, DPointer.of("DL", WorldData.modulo(file)));
                    }
                    return null;
                });
                Iterator<StoredItem> items = WorldData.items(file).limit(limit).iterator();
                while (items.hasNext()) {
                    List<Update> updates = transaction(file, items);
                    ahead.acquire();
                    transactions.add(writers.submit(() -> {
                        try {
                            again(() -> {
                                node.execute(updates);
                                return null;
                            });
                            written.addAndGet(updates.size());
                        } finally {
                            ahead.release();
                        }
                        return null;
                    }));
                }
            }
            for (Future<?> transaction : transactions) {
                transaction.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            writers.shutdownNow();
        }
    }

    private static List<Update> transaction(FilePath file, Iterator<StoredItem> items) {
        List<Update> updates = new ArrayList<>(TRANSACTION_ITEMS);
        while (items.hasNext() && updates.size() < TRANSACTION_ITEMS) {
            StoredItem item = items.next();
            updates.add(new Update.ItemWritten(file, item.id(), item.body()));
        }
        return updates;
    }

    /** Does it until it is done or refused; a node that does not answer may come back. */
    private void again(Callable<Void> work) throws InterruptedException {
        while (goOn.getAsBoolean()) {
            try {
                work.call();
                return;
            } catch (UncheckedIOException e) {
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            } catch (RestRefusal e) {
                if (!isPassing(e)) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        throw new InterruptedException("told to stop");
    }

    /** An answer without one of our numbers is the server's own, while the application is not there yet or no more. */
    private static boolean isPassing(RestRefusal e) {
        boolean ours = e.code().startsWith(MessageCode.PREFIX);
        return !ours || e.status() == 503 || e.code().equals(MessageCode.LOCKED.id());
    }
}
