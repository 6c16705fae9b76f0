package org.hotbackup.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/** Accounts. */
@Path("accounts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {

    @Inject
    ItemStore store;

    @Inject
    StoreAudit audit;

    /** The names of all accounts. */
    @GET
    public String list() {
        JsonArrayBuilder names = Json.createArrayBuilder();
        store.accounts().forEach(names::add);
        return Json.createObjectBuilder().add("accounts", names).build().toString();
    }

    /** An account. */
    @GET
    @Path("{account}")
    public String get(@PathParam("account") @Encoded String account) {
        String name = RawPath.name(account);
        FileDefinition definition = store.file(FilePath.masterDictionary(name))
                .orElseThrow(() -> new Refusal(MessageCode.NO_ACCOUNT, name));
        return Definitions.json(definition).build().toString();
    }

    /** Creates an account. */
    @PUT
    @Path("{account}")
    public Response create(@PathParam("account") @Encoded String account, InputStream body) {
        String name = RawPath.name(account);
        DPointer pointer = Definitions.pointer(body);
        record("createAccount", name, () -> store.createAccount(name, pointer));
        JsonObject created = Json.createObjectBuilder().add("account", name).build();
        return Response.status(Response.Status.CREATED)
                .entity(created.toString())
                .build();
    }

    /** Deletes an account with all its files; the caller confirms by its name. */
    @DELETE
    @Path("{account}")
    public void delete(@PathParam("account") @Encoded String account, @QueryParam("confirm") String confirm) {
        String name = RawPath.name(account);
        Definitions.confirm(name, confirm);
        record("deleteAccount", name, () -> store.deleteAccount(name));
    }

    private void record(String operation, String account, Runnable change) {
        audit.record(operation, "account=" + account, () -> {
            change.run();
            return null;
        });
    }
}
