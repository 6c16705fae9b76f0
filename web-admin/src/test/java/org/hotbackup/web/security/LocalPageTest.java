package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"/index.xhtml", "/server.xhtml?name=todev", "/operation.xhtml?bean=node&back=%2Fa.xhtml"})
    void shouldLeadToOurPages(String page) {
        assertThat(LocalPage.of(page)).isEqualTo(page);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "//evil.example/index.xhtml",
                "https://evil.example/index.xhtml",
                "/\\evil.example/index.xhtml",
                "/index.xhtml?a\r\nSet-Cookie: b",
                "/../index.xhtml",
                "index.xhtml",
                "/api/accounts"
            })
    void shouldLeadNowhereElse(String page) {
        assertThat(LocalPage.of(page)).isEqualTo("/index.xhtml");
    }
}
