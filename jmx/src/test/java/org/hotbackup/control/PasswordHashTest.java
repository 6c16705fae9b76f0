package org.hotbackup.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    @Test
    void shouldKnowItsPasswordAndNoOther() {
        String hash = PasswordHash.of("Gruß an 東京");

        assertThat(PasswordHash.verify("Gruß an 東京", hash)).isTrue();
        assertThat(PasswordHash.verify("gruß an 東京", hash)).isFalse();
        assertThat(PasswordHash.verify("", hash)).isFalse();
    }

    @Test
    void shouldUseANewSaltEachTimeAndHoldNothingOfThePassword() {
        assertThat(PasswordHash.of("secret"))
                .isNotEqualTo(PasswordHash.of("secret"))
                .doesNotContain("secret");
    }

    @Test
    void shouldSayHowItWasMadeSoThatOldHashesStayUsable() {
        // PBKDF2-HMAC-SHA-256 of "password" with salt "salt" and 2 iterations, a published test vector
        assertThat(PasswordHash.verify(
                        "password",
                        "pbkdf2-sha256$2$73616c74$ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"))
                .isTrue();
        assertThat(PasswordHash.of("x")).matches("pbkdf2-sha256\\$120000\\$[0-9a-f]{32}\\$[0-9a-f]{64}");
    }

    @Test
    void shouldCompareWithNobodysAsLongAsWithAUsersAndNeverBeRight() {
        String nobodys = PasswordHash.ofNobody();

        assertThat(nobodys).matches("pbkdf2-sha256\\$120000\\$[0-9a-f]{32}\\$[0-9a-f]{64}");
        assertThat(PasswordHash.verify("", nobodys)).isFalse();
        assertThat(PasswordHash.ofNobody()).isNotEqualTo(nobodys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "pbkdf2-sha256$1$00",
                "md5$1$00$00",
                "pbkdf2-sha256$0$73616c74$00",
                "pbkdf2-sha256$-1$73616c74$00",
                "pbkdf2-sha256$99999999$73616c74$00",
                "pbkdf2-sha256$1$xyz1$00",
                "pbkdf2-sha256$1$736$00",
                "pbkdf2-sha256$1$$00",
                "pbkdf2-sha256$1$73616c74$0g",
                "pbkdf2-sha256$1$73616c74$"
            })
    void shouldSayNoToAHashThatCannotBeRead(String hash) {
        assertThat(PasswordHash.verify("secret", hash)).isFalse();
    }
}
