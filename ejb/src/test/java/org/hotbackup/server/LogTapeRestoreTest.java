package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.AppliedImage;
import org.hotbackup.replication.LogTapeReplay.Range;
import org.hotbackup.replication.StoreUnavailableException;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.WrittenLogTape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("TLOG-2")
class LogTapeRestoreTest {

    private static final byte[] TAPE =
            new WrittenLogTape(512).add(3, 0, new byte[700]).end().image();

    @TempDir
    Path folder;

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

    /** It named a class of this program, and the node's log had a stack trace. */
    @Test
    void aStoreThatIsAwayIsSaidAndWhenItIsBackTheSameCommandGoesOn() throws IOException {
        AppliedImage image = new AppliedImage();
        image.failure = Optional.of(new StoreUnavailableException("its position could not be read", null));

        OperationReceipt refused = restore(image);

        assertThat(refused.message()).isEqualTo(MessageCode.LOG_TAPE_STORE_AWAY.text("its position could not be read"));
        image.failure = Optional.empty();
        assertThat(restore(image).outcome()).isEqualTo(OperationReceipt.Outcome.DONE);
        assertThat(image.applied).containsExactly(3L);
    }

    private OperationReceipt restore(AppliedImage image) throws IOException {
        Path tape = Files.write(folder.resolve("tape"), TAPE);
        LogTapeRestore restore = new LogTapeRestore(tape, image, Range.ALL, origin -> {}, receipt -> {});
        restore.run();
        return restore.result().orElseThrow();
    }
}
