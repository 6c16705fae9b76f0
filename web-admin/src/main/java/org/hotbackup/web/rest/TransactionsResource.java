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
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Limits;

/** Several updates as one transaction: all or nothing. */
@Path("transactions")
@RequestScoped
public class TransactionsResource {

    /** The largest transaction in base64, with room for names and braces. */
    private static final long MOST_BYTES = Limits.MAX_TRANSACTION_BYTES / 3L * 4 + (16 << 20);

    @Inject
    ItemStore store;

    /** Makes the updates in their order. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void execute(@HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        if (length != null && length > MOST_BYTES) {
            Bodies.drain(body);
            throw new Refusal(MessageCode.REQUEST_TOO_LARGE, MOST_BYTES);
        }
        Bodies.inMemory(length == null ? MOST_BYTES : length, () -> {
            store.execute(TransactionReader.read(Bodies.limited(body, MOST_BYTES)));
            return null;
        });
    }
}
