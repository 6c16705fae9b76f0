package org.hotbackup.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.web.rest.Problem;
import org.junit.jupiter.api.Test;

class ErrorPageTest {

    @Test
    void shouldSayWhatIsWrongAndWhereToGo() {
        Problem problem = new Problem("HTTP404", "Not Found", 404, "There is nothing at this path.");

        assertThat(ErrorPage.page(problem))
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Not Found</h1>", "<p>There is nothing at this path.</p>", "href=\"/\"")
                .doesNotContain("%1$s", "Payara");
    }
}
