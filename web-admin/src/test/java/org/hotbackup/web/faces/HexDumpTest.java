package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexDumpTest {

    @Test
    void shouldShowWhereALineBeginsItsBytesAndWhatIsAscii() {
        byte[] bytes = "Zurich \u00FEvalue marks".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(HexDump.lines(bytes))
                .containsExactly(
                        "00000000  5A 75 72 69 63 68 20 FE 76 61 6C 75 65 20 6D 61  Zurich .value ma",
                        "00000010  72 6B 73                                         rks");
    }

    @Test
    void shouldShowNothingOfNothing() {
        assertThat(HexDump.lines(new byte[0])).isEmpty();
    }
}
