package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    @Tag("SUB-13")
    void shouldGiveAWriteTheManualsHalfMinute() {
        assertThat(Patience.USUAL.write()).isEqualTo(TimeUnit.SECONDS.toMillis(30));
    }
}
