package org.hotbackup.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPageTest {

    @Test
    void shouldSayWhatIsWrongAndWhereToGo() {
        Problem problem = new Problem("HTTP404", "Not Found", 404, "There is nothing at this path.");

        assertThat(ErrorPage.page(problem))
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Not Found</h1>", "<p>There is nothing at this path.</p>", "href=\"/\"")
                .doesNotContain("%1$s", "Payara");
    }

    @Test
    void shouldPassOnARefusalAndNothingElse() {
        Refusal refusal = new Refusal(MessageCode.NO_SERVER, "<b>x</b>");

        assertThat(ErrorPage.problem(500, new IllegalStateException("secret", refusal)))
                .isEqualTo(Problem.of(MessageCode.NO_SERVER, refusal.getMessage()));
        assertThat(ErrorPage.problem(404, null).status()).isEqualTo(404);
        assertThat(ErrorPage.problem(500, new IllegalStateException("secret")).detail())
                .doesNotContain("secret");
        assertThat(ErrorPage.page(Problem.of(MessageCode.NO_SERVER, refusal.getMessage())))
                .contains("&lt;b&gt;x&lt;/b&gt;")
                .doesNotContain("<b>");
    }

    /** A client must not take it for an account that is not there, or for a role that it has not. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void shouldSayThatTheNodeIsStartingWhereTheResourcesAreNotThereYet(int ofTheContainer) {
        Problem problem = ErrorPage.problem(ErrorPage.statusOfApi(ofTheContainer), null);

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).isEqualTo(MessageCode.NOT_READY.text());
        assertThat(ErrorPage.statusOfApi(400)).isEqualTo(400);
    }

    /** Whoever opened the page in the first moments of a start read that it cannot be asked for, and nothing else. */
    @Test
    void shouldSayOutsideTheApiTooThatTheNodeIsStarting() {
        assertThat(ErrorPage.problem(ErrorPage.statusOfPage(403), null).detail())
                .isEqualTo(MessageCode.NOT_READY.text());
        assertThat(ErrorPage.statusOfPage(404)).isEqualTo(404);
        Refusal refusal = new Refusal(MessageCode.ANOTHER_SITE, "https://example.com");
        assertThat(ErrorPage.problem(ErrorPage.statusOfPage(403), refusal))
                .isEqualTo(Problem.of(MessageCode.ANOTHER_SITE, refusal.getMessage()));
    }
}
