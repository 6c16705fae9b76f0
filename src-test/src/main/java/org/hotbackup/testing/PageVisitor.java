package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who asks for the pages of a node and sends their forms, without a browser: he keeps his cookie and goes where he is
 * redirected to.
 */
public final class PageVisitor {

    private static final Pattern FORM = Pattern.compile("(?s)<form id=\"([^\"]*)\".*?</form>");
    private static final Pattern SUBMIT = Pattern.compile("<input [^>]*type=\"submit\"[^>]*>");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\"[^>]*>");
    private static final Pattern NAME = Pattern.compile(" name=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();
    private final TestNode node;

    /** A stranger to this node. */
    public PageVisitor(TestNode node) {
        this.node = node;
    }

    /** Logs in; what came is the first page, or the one to log in again. */
    public HttpResponse<String> logIn(String user, String password) {
        return send("login", Map.of("user", user, "password", password));
    }

    /** Asks for a page, by its name and parameters. */
    public HttpResponse<String> get(String page, Map<String, String> parameters) {
        return send(HttpRequest.newBuilder(uri(page + "?" + encoded(parameters))));
    }

    /** Sends a form, or whatever somebody makes up, with headers as name, value, name ... */
    public HttpResponse<String> send(String page, Map<String, String> fields, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(fields)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String page) {
        return URI.create(node.home().webUrl() + page);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A form of a page, as it came; empty if there is none. */
    public static String form(HttpResponse<String> page, String id) {
        return forms(page).getOrDefault(id, "");
    }

    /** All forms of a page by their ids. */
    public static Map<String, String> forms(HttpResponse<String> page) {
        Map<String, String> forms = new LinkedHashMap<>();
        FORM.matcher(page.body()).results().forEach(form -> forms.put(form.group(1), form.group()));
        return forms;
    }

    /** The name of a form's button; empty if it has none that sends it. */
    public static String button(String form) {
        Matcher button = SUBMIT.matcher(form);
        return button.find() ? first(NAME, button.group()) : "";
    }

    /** The fields of a form that nobody sees; Faces knows by them that it made the form. */
    public static Map<String, String> hidden(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        HIDDEN.matcher(form)
                .results()
                .forEach(field -> fields.put(first(NAME, field.group()), first(VALUE, field.group())));
        return fields;
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
