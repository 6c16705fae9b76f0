package org.hotbackup.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** A node's REST interface over maps, which can be told to fail. */
public final class FakeNode implements AutoCloseable {

    static {
        // it writes head and body of an answer one after the other, and would wait in between; read once
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** One request as it came. */
    public record Request(String method, String path, String authorization, byte[] body) {}

    private static final int HANG_UP = 0;
    private static final String CREATED = "created";

    private record Answer(int status, String body) {}

    private static final Answer AS_USUAL = new Answer(-1, "");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> prepared = new ConcurrentLinkedQueue<>();
    private volatile int transactionsLeft = Integer.MAX_VALUE;
    private TreeSet<String> accounts = new TreeSet<>();
    private TreeMap<String, TreeMap<ItemId, byte[]>> files = new TreeMap<>();

    public FakeNode() throws IOException {
        this(0);
    }

    /** Listens on this port of loopback. */
    public FakeNode(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/api/", this::handle);
        server.start();
    }

    public RestClient client() {
        return new RestClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/"), "dm", "päss");
    }

    /** Forgets all accounts, files and items. */
    public synchronized void clear() {
        accounts.clear();
        files.clear();
        requests.clear();
    }

    public List<Request> requests() {
        return requests;
    }

    public Request lastRequest() {
        return requests.get(requests.size() - 1);
    }

    /** Answers the next request so, whatever it is. */
    public void answerNext(int status, String body) {
        prepared.add(new Answer(status, body));
    }

    /** Answers so many requests as usual and the one after them so. */
    public void answerAfter(int usual, int status, String body) {
        for (int i = 0; i < usual; i++) {
            prepared.add(AS_USUAL);
        }
        answerNext(status, body);
    }

    /** Closes the connection on the next request, before anything is done. */
    public void hangUpNext() {
        prepared.add(new Answer(HANG_UP, ""));
    }

    /** Hangs up on every request after so many transactions. */
    public void dieAfterTransactions(int transactions) {
        transactionsLeft = transactions;
    }

    public void revive() {
        transactionsLeft = Integer.MAX_VALUE;
    }

    public synchronized boolean has(FilePath file) {
        return files.containsKey(file.toString());
    }

    public synchronized boolean hasAccount(String account) {
        return accounts.contains(account);
    }

    public synchronized Map<ItemId, byte[]> items(FilePath file) {
        return files.get(file.toString());
    }

    public long transactions() {
        return requests.stream().filter(r -> r.path().equals("transactions")).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().toString().substring("/api/".length());
        requests.add(new Request(
                exchange.getRequestMethod(), path, exchange.getRequestHeaders().getFirst("Authorization"), body));
        Answer answer = prepared.poll();
        if (answer == null || answer == AS_USUAL) {
            answer = transactionsLeft <= 0
                    ? new Answer(HANG_UP, "")
                    : answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath().substring("/api/".length()),
                            exchange.getRequestURI().getQuery(),
                            body);
        }
        if (answer.status() != HANG_UP) {
            byte[] bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private synchronized Answer answer(String method, String path, String query, byte[] body) {
        TreeSet<String> accountsBefore = new TreeSet<>(accounts);
        TreeMap<String, TreeMap<ItemId, byte[]>> filesBefore = new TreeMap<>();
        files.forEach((name, items) -> filesBefore.put(name, new TreeMap<>(items)));
        try {
            String done = done(method, path.split("/"), query, body);
            return done.equals(CREATED) ? new Answer(201, "") : new Answer(200, done);
        } catch (Refusal e) {
            accounts = accountsBefore;
            files = filesBefore;
            return new Answer(
                    e.code().kind() == MessageCode.Kind.NOT_FOUND ? 404 : 409,
                    problem(e.code().id(), e.getMessage()));
        }
    }

    public static String problem(String id, String detail) {
        return Json.createObjectBuilder()
                .add("type", "/problems/" + id)
                .add("detail", detail)
                .build()
                .toString();
    }

    private String done(String method, String[] path, String query, byte[] body) {
        if (path[0].equals("transactions")) {
            transactionsLeft--;
            try (JsonReader json = Json.createReader(new ByteArrayInputStream(body))) {
                json.readObject().getJsonArray("updates").forEach(update -> update(update.asJsonObject()));
            }
            return "";
        }
        if (path.length == 1) {
            return Json.createObjectBuilder()
                    .add("accounts", Json.createArrayBuilder(accounts))
                    .build()
                    .toString();
        }
        String account = decoded(path[1]);
        boolean put = method.equals("PUT");
        if (path.length == 2) {
            if (put) {
                accounts.add(account);
            }
            require(accounts.contains(account), MessageCode.NO_ACCOUNT, account);
            if (method.equals("DELETE")) {
                require(("confirm=" + account).equals(query), MessageCode.CONFIRM_BY_NAME, account, query);
                accounts.remove(account);
                files.keySet().removeIf(file -> FilePath.parse(file).account().equals(account));
            }
            return "";
        }
        require(accounts.contains(account), MessageCode.NO_ACCOUNT, account);
        if (path.length == 3) {
            return files(account);
        }
        String name = decoded(path[3]);
        FilePath file = FilePath.parse(
                name.startsWith("dict ") ? "dict " + account + "," + name.substring(5) : account + "," + name);
        if (path.length == 4) {
            if (put) {
                create(file);
            }
            require(files.containsKey(file.toString()), MessageCode.NO_FILE, file);
            if (method.equals("DELETE")) {
                require(("confirm=" + name).equals(query), MessageCode.CONFIRM_BY_NAME, name, query);
                deleteFile(file);
            }
            return "";
        }
        if (file.level() == FilePath.Level.MASTER_DICTIONARY) {
            files.computeIfAbsent(file.toString(), d -> new TreeMap<>());
        }
        require(files.containsKey(file.toString()), MessageCode.NO_FILE, file);
        if (path[4].equals("clear")) {
            require(("confirm=" + name).equals(query), MessageCode.CONFIRM_BY_NAME, name, query);
            items(file).clear();
            return "";
        }
        if (path.length == 5) {
            return page(new TreeMap<>(items(file)), query);
        }
        ItemId id = ItemId.of(
                URLDecoder.decode(path[5], StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
        if (put) {
            boolean created = items(file).put(id, body) == null;
            return created ? CREATED : "";
        }
        require(items(file).containsKey(id), MessageCode.NO_ITEM, id, file);
        return new String(
                method.equals("DELETE") ? items(file).remove(id) : items(file).get(id), StandardCharsets.ISO_8859_1);
    }

    private String files(String account) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        files.keySet().stream()
                .filter(path -> FilePath.parse(path).account().equals(account))
                .filter(path -> FilePath.parse(path).level() != FilePath.Level.MASTER_DICTIONARY)
                .forEach(path -> all.add(Json.createObjectBuilder()
                        .add("number", path.length())
                        .add("path", path)
                        .add("code", "DL")
                        .add("modulo", 101)
                        .add("correlatives", Json.createArrayBuilder())));
        return Json.createObjectBuilder().add("files", all).build().toString();
    }

    /** Lines of JSON, as many as the query asks for. */
    private static String page(TreeMap<ItemId, byte[]> items, String query) {
        Map<String, String> asked = new TreeMap<>();
        for (String part : query == null ? new String[0] : query.split("&")) {
            asked.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        ItemId after =
                asked.containsKey("after") ? ItemId.of(Base64.getUrlDecoder().decode(asked.get("after"))) : null;
        return (after == null ? items : items.tailMap(after, false))
                .entrySet().stream()
                        .limit(Long.parseLong(asked.getOrDefault("limit", Long.toString(Long.MAX_VALUE))))
                        .map(item -> Json.createObjectBuilder()
                                .add(
                                        "idBase64",
                                        Base64.getEncoder()
                                                .encodeToString(item.getKey().bytes()))
                                .add("body", Base64.getEncoder().encodeToString(item.getValue()))
                                .build()
                                .toString())
                        .collect(Collectors.joining("\n"));
    }

    private void update(JsonObject update) {
        switch (update.getString("op")) {
            case "create-account" -> accounts.add(update.getString("account"));
            case "create-file" -> create(FilePath.parse(update.getString("file")));
            case "write" -> section(update).put(id(update), Base64.getDecoder().decode(update.getString("body")));
            case "delete" -> section(update).remove(id(update));
            default -> throw new IllegalArgumentException(update.toString());
        }
    }

    private TreeMap<ItemId, byte[]> section(JsonObject update) {
        require(files.containsKey(update.getString("file")), MessageCode.NO_FILE, update.getString("file"));
        return files.get(update.getString("file"));
    }

    private static ItemId id(JsonObject update) {
        return ItemId.of(Base64.getDecoder().decode(update.getString("idBase64")));
    }

    private void create(FilePath file) {
        require(!files.containsKey(file.toString()), MessageCode.FILE_EXISTS, file);
        require(accounts.contains(file.account()), MessageCode.NO_ACCOUNT, file.account());
        files.put(file.toString(), new TreeMap<>());
        files.computeIfAbsent(FilePath.dictionary(file.account(), file.file()).toString(), d -> new TreeMap<>());
    }

    private void deleteFile(FilePath file) {
        files.keySet()
                .removeIf(path -> FilePath.parse(path).equals(file)
                        || file.level() == FilePath.Level.DICTIONARY
                                && FilePath.parse(path).definedIn().equals(file));
    }

    private static void require(boolean condition, MessageCode code, Object... values) {
        if (!condition) {
            throw new Refusal(code, values);
        }
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
