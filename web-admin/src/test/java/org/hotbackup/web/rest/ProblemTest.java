package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @ParameterizedTest
    @EnumSource(MessageCode.Kind.class)
    void shouldHaveAStatusForEveryKindOfMessage(MessageCode.Kind kind) {
        boolean good = kind == MessageCode.Kind.INFORMATION || kind == MessageCode.Kind.WARNING;

        assertThat(Problem.status(kind)).isBetween(good ? 200 : 400, good ? 200 : 599);
    }

    @Test
    void shouldCarryNumberTitleStatusAndSentence() {
        String body = Problem.body(MessageCode.NO_FILE.id(), Problem.title(MessageCode.NO_FILE), 404, "say \"this\"");

        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject problem = reader.readObject();
            assertThat(problem.getString("type")).isEqualTo("/problems/" + MessageCode.NO_FILE.id());
            assertThat(problem.getString("title")).isEqualTo("no file");
            assertThat(problem.getInt("status")).isEqualTo(404);
            assertThat(problem.getString("detail")).isEqualTo("say \"this\"");
        }
    }
}
