package org.hotbackup.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;

/** The items of a file or of a master dictionary: raw bytes under percent-encoded ids. */
@Path("accounts/{account}/files/{file}/items")
@RequestScoped
public class ItemsResource {

    private static final int PAGE_ITEMS = 1000;

    @Inject
    ItemStore store;

    @PathParam("account")
    @Encoded
    String account;

    @PathParam("file")
    @Encoded
    String file;

    @Context
    Request request;

    private FilePath path() {
        return RawPath.section(account, file);
    }

    /** An item's body. */
    @GET
    @Path("{id}")
    @Produces(MediaType.WILDCARD)
    public Response get(@PathParam("id") @Encoded String segment) {
        ItemId id = RawPath.id(segment);
        byte[] body = store.read(path(), id).orElseThrow(() -> new Refusal(MessageCode.NO_ITEM, id, path()));
        EntityTag tag = tag(body);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged != null
                ? unchanged.build()
                : Response.ok(body, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                        .tag(tag)
                        .build();
    }

    /** Creates or replaces an item. */
    @PUT
    @Path("{id}")
    public Response put(
            @PathParam("id") @Encoded String segment,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            InputStream body) {
        ItemId id = RawPath.id(segment);
        if (length != null && length > Limits.MAX_ITEM_BYTES) {
            Bodies.drain(body);
            throw new Refusal(MessageCode.ITEM_TOO_LARGE, id, length, Limits.MAX_ITEM_BYTES);
        }
        return Bodies.inMemory(length == null ? Limits.MAX_ITEM_BYTES : length, () -> {
            byte[] bytes = length == null
                    ? Bodies.read(body, Limits.MAX_ITEM_BYTES)
                    : Bodies.readExactly(body, length.intValue());
            boolean created = store.write(path(), id, bytes);
            return Response.status(created ? Response.Status.CREATED : Response.Status.NO_CONTENT)
                    .tag(tag(bytes))
                    .build();
        });
    }

    /** An item needs an id. */
    @PUT
    public Response putNothing() {
        throw new Refusal(MessageCode.ITEM_ID_EMPTY);
    }

    /** An item needs an id. */
    @DELETE
    public Response deleteNothing() {
        throw new Refusal(MessageCode.ITEM_ID_EMPTY);
    }

    /** Deletes an item. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") @Encoded String segment) {
        ItemId id = RawPath.id(segment);
        if (!store.delete(path(), id)) {
            throw new Refusal(MessageCode.NO_ITEM, id, path());
        }
    }

    /** Items in the order of their ids, one JSON object a line; read in pages while they are sent. */
    @GET
    @Produces("application/x-ndjson")
    public Response list(@QueryParam("after") String after, @QueryParam("limit") String limit) {
        FilePath path = path();
        ItemId start = after == null ? null : decodeAfter(after);
        long most = limit == null ? Long.MAX_VALUE : positive(limit);
        // refused before the first byte is sent, if it is to be refused
        List<StoredItem> first = store.items(path, start, (int) Math.min(PAGE_ITEMS, most));
        StreamingOutput lines = out -> stream(path, first, most, out);
        return Response.ok(lines).build();
    }

    private void stream(FilePath path, List<StoredItem> first, long most, OutputStream out) throws IOException {
        List<StoredItem> page = first;
        long left = most;
        while (!page.isEmpty()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (StoredItem item : page) {
                line(item, lines);
            }
            lines.writeTo(out);
            left -= page.size();
            ItemId last = page.get(page.size() - 1).id();
            page = left <= 0 ? List.of() : store.items(path, last, (int) Math.min(PAGE_ITEMS, left));
        }
    }

    private static void line(StoredItem item, ByteArrayOutputStream lines) {
        try (JsonGenerator json = Json.createGenerator(lines)) {
            json.writeStartObject();
            byte[] id = item.id().bytes();
            try {
                json.write(
                        "id",
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(id))
                                .toString());
            } catch (CharacterCodingException e) {
                json.write("idBase64", Base64.getEncoder().encodeToString(id));
            }
            json.write("body", Base64.getEncoder().encodeToString(item.body())).writeEnd();
        }
        lines.write('\n');
    }

    private static long positive(String limit) {
        try {
            long items = Long.parseLong(limit);
            if (items > 0) {
                return items;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new Refusal(MessageCode.MALFORMED_REQUEST, "'limit' is a number of items, 1 or more");
    }

    private static ItemId decodeAfter(String after) {
        try {
            return ItemId.of(Base64.getUrlDecoder().decode(after));
        } catch (IllegalArgumentException e) {
            throw new Refusal(MessageCode.MALFORMED_REQUEST, "'after' is an id in base64url");
        }
    }

    private static EntityTag tag(byte[] body) {
        try {
            return new EntityTag(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
