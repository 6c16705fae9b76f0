package org.hotbackup.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSiteRequestTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,true",
                "same-origin,http://127.0.0.1:8080,true",
                "none,-,true",
                "-,http://127.0.0.1:8080,true",
                "cross-site,-,false",
                "same-site,-,false",
                "same-origin,http://evil.example,false",
                "-,http://evil.example,false",
                "-,http://127.0.0.1:8081,false",
                "-,null,false"
            })
    void shouldTellOurPagesAndProgramsFromOtherSites(String site, String origin, boolean ours) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Sec-Fetch-Site", site);
        headers.put("Origin", origin);
        headers.put("Host", "127.0.0.1:8080");
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, given) -> headers.get(given[0]));
        assertThat(SameSite.isOurs(request)).isEqualTo(ours);
    }
}
