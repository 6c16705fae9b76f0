package org.hotbackup.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/accounts", "/api/accounts/a/files/f,s/items/=AFw", "/api/x/%FF%3b-._~!$&'()*+,=:@/%"})
    void shouldLetPathsOfTheRfcPass(String path) {
        assertThat(PathCheck.unusable(path)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"/api/a;b,6", "/api/{},5", "/api/é,5", "/api/a|b,6", "/api/\\,5", "/api/\u007F,5", "'/api/a b',6"})
    void shouldFindWhatWouldBeReadAsSomethingElse(String path, int at) {
        assertThat(PathCheck.unusable(path)).isEqualTo(at);
    }
}
