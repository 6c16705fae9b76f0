package org.hotbackup.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.node.Ports;

/**
 * A real Chromium without a window, driven by the WebDriver protocol. It has a home of its own and calls nothing but the
 * nodes of the test. Not thread-safe.
 */
public final class Browser implements AutoCloseable {

    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";
    private static final String SPACE = " ";
    private static final int HEIGHT = 800;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String address;
    private final String session;
    private final String axe;

    /**
     * Starts it.
     *
     * @param home an empty folder for its profile
     */
    public Browser(Path home) {
        Path chromium = DebianTool.of("chromium", "chromium").path();
        int port = Ports.free(Set.of());
        try {
            driver = DebianTool.of("chromedriver", "chromium-driver")
                    .with("--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("chromedriver.log").toFile())
                    .start();
            axe = axe();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        address = "http://127.0.0.1:" + port;
        await(this::isUp);
        JsonArrayBuilder arguments = Json.createArrayBuilder();
        List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + home.resolve("profile"))
                .forEach(arguments::add);
        JsonObject wanted = Json.createObjectBuilder()
                .add(
                        "capabilities",
                        Json.createObjectBuilder()
                                .add(
                                        "alwaysMatch",
                                        Json.createObjectBuilder()
                                                .add("browserName", "chrome")
                                                .add(
                                                        "goog:loggingPrefs",
                                                        Json.createObjectBuilder()
                                                                .add("browser", "ALL"))
                                                .add(
                                                        "goog:chromeOptions",
                                                        Json.createObjectBuilder()
                                                                .add("binary", chromium.toString())
                                                                .add("args", arguments))))
                .build();
        session = "/session/" + send("POST", "/session", wanted).asJsonObject().getString("sessionId");
    }

    private static String axe() throws IOException {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean isUp() {
        try {
            return send("GET", "/status", null).asJsonObject().getBoolean("ready");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private JsonValue send(String method, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try (JsonReader reader = Json.createReader(
                new StringReader(http.send(request, BodyHandlers.ofString()).body()))) {
            JsonValue value = reader.readObject().get("value");
            if (value instanceof JsonObject object && object.containsKey("error")) {
                throw new IllegalStateException(object.getString("message"));
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonValue post(String path, JsonObjectBuilder body) {
        return send("POST", session + path, body.build());
    }

    /** Goes to a page and waits until it is there. */
    public void open(String url) {
        post("/url", Json.createObjectBuilder().add("url", url));
    }

    /** Makes the window so many CSS pixels wide. */
    public void width(int pixels) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", pixels)
                        .add("height", HEIGHT)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", false));
    }

    /** Lets its user like dark pages, or light ones. */
    public void dark(boolean wanted) {
        command(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add(
                                "features",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("name", "prefers-color-scheme")
                                                .add("value", wanted ? "dark" : "light"))));
    }

    private JsonValue command(String name, JsonObjectBuilder parameters) {
        return post(
                "/goog/cdp/execute", Json.createObjectBuilder().add("cmd", name).add("params", parameters));
    }

    /** What a script of the test answers; it stands outside of the page's policy. */
    public JsonValue run(String script) {
        return post(
                "/execute/sync",
                Json.createObjectBuilder().add("script", script).add("args", Json.createArrayBuilder()));
    }

    /** The same as a text. */
    public String text(String script) {
        JsonValue value = run("return String(" + script + ")");
        return value.toString().substring(1, value.toString().length() - 1);
    }

    /** Types this where the focus is. */
    public void type(String keys) {
        JsonArrayBuilder actions = Json.createArrayBuilder();
        keys.codePoints().mapToObj(Character::toString).forEach(key -> actions.add(
                        Json.createObjectBuilder().add("type", "keyDown").add("value", key))
                .add(Json.createObjectBuilder().add("type", "keyUp").add("value", key)));
        post(
                "/actions",
                Json.createObjectBuilder()
                        .add(
                                "actions",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("type", "key")
                                                .add("id", "keyboard")
                                                .add("actions", actions))));
    }

    /** Presses the enter key. */
    public void enter() {
        type(ENTER);
    }

    /** Presses the space bar. */
    public void space() {
        type(SPACE);
    }

    /**
     * Presses the tab key until something with this text, or this name, has the focus.
     *
     * @throws IllegalStateException if nothing has
     */
    public void tabTo(String what) {
        for (int i = 0; i < 100; i++) {
            type(TAB);
            String focused = text("document.activeElement.name || document.activeElement.value"
                    + " || document.activeElement.textContent.trim()");
            String said = text("(document.activeElement.value || document.activeElement.textContent || '').trim()");
            if (focused.equals(what) || said.equals(what)) {
                return;
            }
        }
        throw new IllegalStateException("the tab key does not lead to " + what);
    }

    /** Waits until the page says this somewhere. */
    public void awaitText(String text) {
        await(() -> says(text));
    }

    /** Whether the page says this somewhere. */
    public boolean says(String text) {
        return run("return document.body !== null && document.body.innerText.includes(" + Json.createValue(text) + ")")
                == JsonValue.TRUE;
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** What breaks WCAG 2.2 A or AA on the page, as axe-core finds it: the rule, and where. */
    public List<String> obstacles() {
        return obstacles("['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']");
    }

    /** What of that is a matter of colours. */
    public List<String> paleness() {
        return obstacles("{type: 'rule', values: ['color-contrast']}");
    }

    private List<String> obstacles(String rules) {
        run(axe);
        JsonValue found = post(
                "/execute/async",
                Json.createObjectBuilder()
                        .add(
                                "script",
                                "const done = arguments[0]; axe.run({runOnly: " + rules
                                        + "}).then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' '"
                                        + " + v.nodes.map(n => n.html).join(' | '))))")
                        .add("args", Json.createArrayBuilder()));
        return strings(found.asJsonArray());
    }

    /** What the browser wrote into its console since it was asked last: scripts that fail, what the policy forbids. */
    public List<String> complaints() {
        JsonArray entries = post("/se/log", Json.createObjectBuilder().add("type", "browser"))
                .asJsonArray();
        return entries.stream()
                .map(JsonValue::asJsonObject)
                .map(entry -> entry.getString("level") + " " + entry.getString("message"))
                .toList();
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            strings.add(array.getString(i));
        }
        return strings;
    }

    /** Keeps a picture of the whole page. */
    public void picture(Path file) {
        String data = command(
                        "Page.captureScreenshot", Json.createObjectBuilder().add("captureBeyondViewport", true))
                .asJsonObject()
                .getString("data");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } finally {
            driver.destroy();
        }
    }
}
