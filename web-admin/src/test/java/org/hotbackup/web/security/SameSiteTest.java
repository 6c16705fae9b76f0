package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSiteTest {

    @ParameterizedTest
    @CsvSource({
        ",127.0.0.1:8080,true",
        "http://127.0.0.1:8080,127.0.0.1:8080,true",
        "https://node.example,node.example,true",
        "null,127.0.0.1:8080,false",
        "http://127.0.0.1:8081,127.0.0.1:8080,false",
        "https://evil.example,node.example,false",
        "http://node.example.evil.example,node.example,false"
    })
    void shouldTakeFormsOfOurOwnPagesOnly(String origin, String host, boolean ours) {
        assertThat(SameSite.isOurs(origin, host)).isEqualTo(ours);
    }
}
