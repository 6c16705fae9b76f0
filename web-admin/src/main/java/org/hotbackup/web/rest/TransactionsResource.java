package org.hotbackup.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;

/** Several updates as one transaction: all or nothing. */
@Path("transactions")
@RequestScoped
public class TransactionsResource {

    /** More than that many do not fit into a record. */
    private static final int MOST_NAMED = 100;

    /** The largest transaction in base64, with room for names and braces. */
    private static final long MOST_BYTES = Limits.MAX_TRANSACTION_BYTES / 3L * 4 + (16 << 20);

    @Inject
    ItemStore store;

    @Inject
    StoreAudit audit;

    /** Makes the updates in their order. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void execute(@HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        if (length != null && length > MOST_BYTES) {
            Bodies.drain(body);
            throw new Refusal(MessageCode.REQUEST_TOO_LARGE, MOST_BYTES);
        }
        Bodies.inMemory(length == null ? MOST_BYTES : length, () -> {
            execute(TransactionReader.read(Bodies.limited(body, MOST_BYTES)));
            return null;
        });
    }

    private void execute(List<Update> updates) {
        List<Update> definitions =
                updates.stream().filter(TransactionsResource::isDefinition).toList();
        if (definitions.isEmpty()) {
            store.execute(updates);
            return;
        }
        audit.record("executeTransaction", "definitions=" + named(definitions), () -> {
            store.execute(updates);
            return null;
        });
    }

    /** Accounts and files, and all items of a file; single items are data. */
    private static boolean isDefinition(Update update) {
        return !(update instanceof Update.ItemWritten || update instanceof Update.ItemDeleted);
    }

    private static String named(List<Update> definitions) {
        return definitions.size()
                + definitions.stream()
                        .limit(MOST_NAMED)
                        .map(update -> update.operation() + " " + update.file())
                        .collect(Collectors.joining("; ", " (", ")"));
    }
}
