package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0,0 bytes", "1,1 byte", "1023,1023 bytes", "1024,1.0 KB", "1572864,1.5 MB", "5497558138880,5.0 TB"})
    void shouldWriteSizes(long bytes, String shown) {
        assertThat(Figures.size(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "2590,2.5 s",
        "59999,59.9 s",
        "200000,3 min 20 s",
        "18000000,5 h 0 min",
        "198000000,2 d 7 h"
    })
    void shouldWriteTimes(long millis, String shown) {
        assertThat(Figures.time(millis)).isEqualTo(shown);
    }

    @Test
    void shouldShowADashForWhatDoesNotApply() {
        assertThat(Figures.counter(-1)).isEqualTo("\u2013");
        assertThat(Figures.counter(0)).isEqualTo("0");
    }

    @Test
    void shouldWriteInstantsAsPeopleReadThem() {
        assertThat(Figures.withTimes("2026-11-22T05:17:06.498974385Z  Connected\n2026-11-22T05:17:07Z  Idle"))
                .isEqualTo("2026-11-22 05:17:06  Connected\n2026-11-22 05:17:07  Idle");
    }
}
