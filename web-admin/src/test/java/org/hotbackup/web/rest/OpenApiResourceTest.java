package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiResourceTest {

    private static final List<Class<?>> RESOURCES = List.of(
            AccountsResource.class,
            FilesResource.class,
            ItemsResource.class,
            TransactionsResource.class,
            ReadyResource.class,
            OpenApiResource.class);

    @Test
    void shouldNameEveryPathAndMethodThatThereIsAndNoOther() {
        assertThat(documented()).isEqualTo(annotated());
    }

    private static Set<String> documented() {
        Set<String> operations = new TreeSet<>();
        try (JsonReader reader = Json.createReader(new OpenApiResource().document())) {
            JsonObject paths = reader.readObject().getJsonObject("paths");
            paths.forEach((path, methods) -> methods.asJsonObject().keySet().stream()
                    .filter(key -> !key.equals("parameters"))
                    .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return operations;
    }

    private static Set<String> annotated() {
        Set<String> operations = new TreeSet<>();
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        operations.add(http.value() + " /" + path(resource.getAnnotation(Path.class))
                                + (method.isAnnotationPresent(Path.class)
                                        ? "/" + path(method.getAnnotation(Path.class))
                                        : ""));
                    }
                }
            }
        }
        return operations;
    }

    private static String path(Path annotation) {
        return annotation.value();
    }
}
