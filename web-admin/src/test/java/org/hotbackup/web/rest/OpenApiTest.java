package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hotbackup.model.Limits;
import org.junit.jupiter.api.Test;

/** The document and the annotations of the resources say the same. */
class OpenApiTest {

    private final JsonObject document = read();

    private static JsonObject read() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(new OpenApiResource().document()))) {
            return reader.readObject();
        }
    }

    /** Every class of the package that is a resource. */
    private static List<Class<?>> resources() {
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of(
                Api.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                Api.class.getPackageName().split("\\.")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> named(Api.class.getPackageName() + "." + name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Method and path to the names of the parameters, as the code has them. */
    private static Map<String, Set<String>> inCode() {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getDeclaredMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        Path below = method.getAnnotation(Path.class);
                        String path = "/"
                                + Api.class.getAnnotation(ApplicationPath.class).value() + "/"
                                + resource.getAnnotation(Path.class).value()
                                + (below == null ? "" : "/" + below.value());
                        operations.put(http.value() + " " + path, parameters(resource, method));
                    }
                }
            }
        }
        return operations;
    }

    private static Set<String> parameters(Class<?> resource, Method method) {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        Arrays.stream(resource.getDeclaredFields()).map(Field::getAnnotations),
                        Arrays.stream(method.getParameterAnnotations()))
                .flatMap(Arrays::stream)
                .forEach(annotation -> {
                    if (annotation instanceof PathParam inPath) {
                        names.add("path " + inPath.value());
                    } else if (annotation instanceof QueryParam inQuery) {
                        names.add("query " + inQuery.value());
                    }
                });
        return names;
    }

    private Map<String, Set<String>> inDocument() {
        Map<String, Set<String>> operations = new TreeMap<>();
        document.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        Set<String> names = new TreeSet<>();
                        names(item.asJsonObject(), names);
                        names(operation.asJsonObject(), names);
                        operations.put(method.toUpperCase(java.util.Locale.ROOT) + " " + path, names);
                    }
                }));
        return operations;
    }

    private void names(JsonObject holder, Set<String> names) {
        for (JsonValue value :
                holder.getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
            JsonObject parameter =
                    resolve(value.asJsonObject().getString("$ref")).asJsonObject();
            names.add(parameter.getString("in") + " " + parameter.getString("name"));
        }
    }

    private JsonValue resolve(String reference) {
        JsonPointer pointer = Json.createPointer(reference.substring(1));
        assertThat(pointer.containsValue(document)).as(reference).isTrue();
        return pointer.getValue(document);
    }

    @Test
    void shouldDescribeExactlyTheOperationsThereAreWithTheirParameters() {
        assertThat(inCode()).hasSizeGreaterThan(15);
        assertThat(inDocument()).isEqualTo(inCode());
    }

    @Test
    void shouldNameNothingThatItDoesNotHold() {
        assertThat(references(document)).isNotEmpty().allSatisfy(this::resolve);
    }

    private static List<String> references(JsonStructure structure) {
        Stream<JsonValue> inside =
                structure instanceof JsonArray array ? array.stream() : structure.asJsonObject().values().stream();
        Stream<String> own = structure instanceof JsonObject object && object.containsKey("$ref")
                ? Stream.of(object.getString("$ref"))
                : Stream.of();
        return Stream.concat(
                        own,
                        inside.filter(JsonStructure.class::isInstance)
                                .flatMap(value -> references((JsonStructure) value).stream()))
                .toList();
    }

    @Test
    void shouldNameEveryOperationOnceAndSayWhatAProblemIs() {
        Set<String> ids = new TreeSet<>();
        document.getJsonObject("paths").values().forEach(item -> item.asJsonObject()
                .forEach((method, value) -> {
                    if (!method.equals("parameters")) {
                        JsonObject operation = value.asJsonObject();
                        assertThat(ids.add(operation.getString("operationId"))).isTrue();
                        assertThat(operation.getString("summary")).isNotBlank();
                        assertThat(operation.getJsonObject("responses")).containsKey("default");
                    }
                }));
        assertThat(document.getString("openapi")).startsWith("3.");
    }

    @Test
    void shouldHoldTheLimitsOfTheModel() {
        JsonObject updates =
                resolve("#/components/schemas/Transaction/properties/updates").asJsonObject();
        assertThat(updates.getInt("maxItems")).isEqualTo(Limits.MAX_TRANSACTION_UPDATES);
        JsonObject pointer = resolve("#/components/schemas/DPointer/properties").asJsonObject();
        assertThat(pointer.getJsonObject("code").getString("default")).isEqualTo(Definitions.DEFAULT_CODE);
        assertThat(pointer.getJsonObject("modulo").getInt("default")).isEqualTo(Definitions.DEFAULT_MODULO);
        JsonObject body = resolve("#/components/schemas/Update/properties/op").asJsonObject();
        assertThat(body.getJsonArray("enum").getValuesAs(JsonString::getString)).contains("write", "delete-account");
    }
}
