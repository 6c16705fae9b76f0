package org.hotbackup.ordeal.inside;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** A user's program in the same server: transactions that REST does not offer. */
@Path("ordeal")
@RequestScoped
public class InsideUser {

    private static final int PAGE = 500;

    private static final AtomicInteger HOLDING = new AtomicInteger();
    private static final Semaphore RELEASED = new Semaphore(0);

    @Inject
    ItemStore store;

    @Resource
    UserTransaction transaction;

    /** Holds an item's lock for so long, or until it is released, then rolls back: nothing is changed. */
    @POST
    @Path("hold")
    public void hold(
            @QueryParam("file") String file, @QueryParam("id64") String id64, @QueryParam("millis") long millis)
            throws SystemException, NotSupportedException, InterruptedException {
        transaction.begin();
        try {
            store.write(FilePath.parse(file), id(id64), new byte[0]);
            HOLDING.incrementAndGet();
            RELEASED.tryAcquire(millis, TimeUnit.MILLISECONDS);
            HOLDING.decrementAndGet();
        } finally {
            transaction.rollback();
        }
    }

    /** How many locks are held. */
    @GET
    @Path("holding")
    @Produces(MediaType.TEXT_PLAIN)
    public String holding() {
        return Integer.toString(HOLDING.get());
    }

    /** Releases all locks that are held. */
    @POST
    @Path("release")
    public void release() {
        RELEASED.release(HOLDING.get());
    }

    /** Writes an item in a transaction that is excluded from logging. */
    @POST
    @Path("excluded")
    public void excluded(@QueryParam("file") String file, @QueryParam("id64") String id64, byte[] body)
            throws Exception {
        transaction.begin();
        boolean done = false;
        try {
            store.excludeFromLogging();
            store.write(FilePath.parse(file), id(id64), body);
            done = true;
        } finally {
            if (done) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
    }

    /** All items of any section, also of a master dictionary: a line each, id and body in hexadecimal. */
    @GET
    @Path("items")
    @Produces(MediaType.TEXT_PLAIN)
    public String items(@QueryParam("file") String file) {
        StringBuilder lines = new StringBuilder();
        ItemId last = null;
        List<StoredItem> page = store.items(FilePath.parse(file), last, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                lines.append(HexFormat.of().formatHex(item.id().bytes()))
                        .append(' ')
                        .append(HexFormat.of().formatHex(item.body()))
                        .append('\n');
                last = item.id();
            }
            page = store.items(FilePath.parse(file), last, PAGE);
        }
        return lines.toString();
    }

    /** The D-pointers of all sections of an account, whole: a line each, path and D-pointer in hexadecimal. */
    @GET
    @Path("definitions")
    @Produces(MediaType.TEXT_PLAIN)
    public String definitions(@QueryParam("account") String account) {
        StringBuilder lines = new StringBuilder();
        for (FileDefinition file : store.files(account)) {
            lines.append(HexFormat.of().formatHex(file.path().toString().getBytes(StandardCharsets.UTF_8)))
                    .append(' ')
                    .append(HexFormat.of().formatHex(file.pointer().bytes()))
                    .append('\n');
        }
        return lines.toString();
    }

    private static ItemId id(String id64) {
        return ItemId.of(Base64.getUrlDecoder().decode(id64));
    }
}
