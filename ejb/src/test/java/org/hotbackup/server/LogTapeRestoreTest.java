package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.WrittenLogTape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TLOG-2")
class LogTapeRestoreTest {

    private static final byte[] TAPE =
            new WrittenLogTape(512).add(3, 0, new byte[700]).end().image();

    private static String label(byte... image) throws IOException {
        return new LogTapeReader(LogTapeRestore.unpacked(new ByteArrayInputStream(image))).label();
    }

    /** {@code tape verify} called it whole, {@code tlog-restore} said that it does not begin like a tape. */
    @Test
    void aTapeThatWentThroughGzipIsReadLikeOneThatDidNot() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(TAPE);
        }
        assertThat(label(packed.toByteArray())).isEqualTo(label(TAPE)).contains("pick0");
    }
}
