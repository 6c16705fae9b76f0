package org.hotbackup.bench.inside;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.control.ItemStore;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** Writers as an application in the same server would be: threads that call the injected {@link ItemStore}. */
@Path("bench/run")
@RequestScoped
public class InsideWriters {

    @Inject
    ItemStore store;

    @Resource
    ManagedThreadFactory threads;

    /**
     * Runs writers until so many transactions are committed or the time is over.
     *
     * @param rate transactions a second of all writers together, 0 for as many as they can
     */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public String run(
            @QueryParam("file") String file,
            @QueryParam("writers") int writers,
            @QueryParam("items") int items,
            @QueryParam("bytes") int bytes,
            @QueryParam("keys") int keys,
            @QueryParam("millis") long millis,
            @QueryParam("transactions") long transactions,
            @QueryParam("rate") int rate)
            throws InterruptedException {
        FilePath path = FilePath.parse(file);
        AtomicLong left = new AtomicLong(transactions == 0 ? Long.MAX_VALUE : transactions);
        AtomicLong done = new AtomicLong();
        List<long[]> latencies = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < writers; i++) {
            Random random = new Random(start + i);
            running.add(threads.newThread(() -> {
                long[] times = new long[200_000];
                int count = 0;
                long number = left.getAndDecrement();
                while (number > 0 && System.nanoTime() < end) {
                    if (rate > 0) {
                        long due = start
                                + (transactions == 0 ? Long.MAX_VALUE - number : transactions - number)
                                        * TimeUnit.SECONDS.toNanos(1)
                                        / rate;
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    long before = System.nanoTime();
                    store.execute(transaction(path, random, items, bytes, keys));
                    times[count++ % times.length] = System.nanoTime() - before;
                    done.incrementAndGet();
                    number = left.getAndDecrement();
                }
                synchronized (latencies) {
                    latencies.add(Arrays.copyOf(times, Math.min(count, times.length)));
                }
            }));
        }
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return Json.createObjectBuilder()
                .add("transactions", done.get())
                .add("seconds", seconds)
                .add("p50Micros", all.length == 0 ? 0 : all[all.length / 2] / 1000)
                .add("p99Micros", all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1000)
                .build()
                .toString();
    }

    private static List<Update> transaction(FilePath file, Random random, int items, int bytes, int keys) {
        TreeSet<Integer> ids = new TreeSet<>();
        while (ids.size() < items) {
            ids.add(random.nextInt(keys));
        }
        List<Update> updates = new ArrayList<>(items);
        for (int id : ids) {
            byte[] body = new byte[bytes];
            random.nextBytes(body);
            updates.add(new Update.ItemWritten(file, ItemId.of(Integer.toString(id)), body));
        }
        return updates;
    }
}
