package org.hotbackup.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/x/%FF%3b%25", "/api/50%25", "/api/%2F", "/api/{}", "/api/%2E%2E/%2e", "/a..b/.c/..."})
    void shouldLetPass(String path) {
        assertThat(PathEncoding.obstacle(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/50%, byte 8 of the path is not followed by two hex digits",
        "/api/%zz, byte 6 of",
        "/%4, byte 2 of",
        "/%%41, byte 2 of",
        "/%41%1g, byte 5 of",
        "/%\uFF11\uFF12, byte 2 of",
        "/a%00, no NUL in a path",
        "/a%5C, no backslash in a path",
        "/a%5c, no backslash in a path",
        "/a\\b, no backslash in a path",
        "/api/x/../y, the segment '..'; such an id is sent as %2E%2E",
        "/api/x/..;y/z, the segment '..'; such an id is sent as %2E%2E",
        "/api/x/., the segment '.'; such an id is sent as %2E"
    })
    void shouldSayWhatCannotBeDecoded(String path, String reason) {
        assertThat(PathEncoding.obstacle(path))
                .hasValueSatisfying(said -> assertThat(said).contains(reason));
    }
}
