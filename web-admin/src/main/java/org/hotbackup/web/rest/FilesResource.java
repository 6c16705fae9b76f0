package org.hotbackup.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.Supplier;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/** The files of an account: a file is named {@code file}, {@code file,section} or {@code dict file}. */
@Path("accounts/{account}/files")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FilesResource {

    @Inject
    ItemStore store;

    @Inject
    StoreAudit audit;

    /** All sections of the account. */
    @GET
    public String list(@PathParam("account") @Encoded String account) {
        JsonArrayBuilder files = Json.createArrayBuilder();
        store.files(RawPath.name(account)).forEach(file -> files.add(Definitions.json(file)));
        return Json.createObjectBuilder().add("files", files).build().toString();
    }

    /** A file. */
    @GET
    @Path("{file}")
    public String get(@PathParam("account") @Encoded String account, @PathParam("file") @Encoded String file) {
        FilePath path = RawPath.file(account, file);
        return Definitions.json(store.file(path).orElseThrow(() -> new Refusal(MessageCode.NO_FILE, path)))
                .add("items", store.itemCount(path))
                .build()
                .toString();
    }

    /** Creates a file. */
    @PUT
    @Path("{file}")
    public Response create(
            @PathParam("account") @Encoded String account, @PathParam("file") @Encoded String file, InputStream body) {
        FilePath path = RawPath.file(account, file);
        DPointer pointer = Definitions.pointer(body);
        FileDefinition created = record("createFile", path, () -> store.createFile(path, pointer));
        return Response.status(Response.Status.CREATED)
                .entity(Definitions.json(created).build().toString())
                .build();
    }

    /** Gives a file another modulo, code or correlatives; what is left out stays as it is. */
    @PATCH
    @Path("{file}")
    public String redefine(
            @PathParam("account") @Encoded String account, @PathParam("file") @Encoded String file, InputStream body) {
        FilePath path = RawPath.file(account, file);
        FileDefinition before = store.file(path).orElseThrow(() -> new Refusal(MessageCode.NO_FILE, path));
        DPointer pointer = Definitions.changed(before.pointer(), body);
        return Definitions.json(record("redefineFile", path, () -> store.redefineFile(path, pointer)))
                .build()
                .toString();
    }

    /** Deletes a file; the caller confirms by the name that stands in the path. */
    @DELETE
    @Path("{file}")
    public void delete(
            @PathParam("account") @Encoded String account,
            @PathParam("file") @Encoded String file,
            @QueryParam("confirm") String confirm) {
        Definitions.confirm(RawPath.name(file), confirm);
        FilePath path = RawPath.file(account, file);
        record("deleteFile", path, () -> {
            store.deleteFile(path);
            return null;
        });
    }

    /** Deletes all items of a file; the caller confirms by the name that stands in the path. */
    @POST
    @Path("{file}/clear")
    public void clear(
            @PathParam("account") @Encoded String account,
            @PathParam("file") @Encoded String file,
            @QueryParam("confirm") String confirm) {
        FilePath path = RawPath.file(account, file);
        Definitions.confirm(RawPath.name(file), confirm);
        record("clearFile", path, () -> {
            store.clearFile(path);
            return null;
        });
    }

    private <T> T record(String operation, FilePath file, Supplier<T> change) {
        return audit.record(operation, "file=" + file, change);
    }
}
