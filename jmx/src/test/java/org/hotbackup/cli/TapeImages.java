package org.hotbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.GZIPOutputStream;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.DumpWriter;
import org.hotbackup.tape.SaveWriter;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeWriter;

/** Images for commands to read: a save of two reels and a dump behind it, and one of which not all can be restored. */
final class TapeImages {

    private static final LocalDateTime TIME = LocalDateTime.of(1990, 7, 4, 0, 57, 14);
    private static final int BLOCKS_PER_REEL = 16;

    private TapeImages() {}

    static void write(Path folder) throws IOException {
        ByteArrayOutputStream[] reels = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        try (TapeWriter tape = new TapeWriter(number -> reels[number - 1], BlockFormat.FLOPPY, BLOCKS_PER_REEL, TIME)) {
            save(tape);
            DumpWriter dump = new DumpWriter(tape, "shop,orders WEEK 27", TIME);
            dump.item(ItemId.of("4711"), "one\u00e9".getBytes(StandardCharsets.UTF_8));
            dump.end();
        }
        Files.write(folder.resolve("save-1"), reels[0].toByteArray());
        Files.write(folder.resolve("save-2"), reels[1].toByteArray());
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("losses.gz")));
                TapeWriter tape = new TapeWriter(gzip, BlockFormat.of(1000), TIME)) {
            losses(tape);
        }
    }

    private static void save(TapeWriter tape) {
        SaveWriter save = new SaveWriter(tape, "WEEK 27", true, TIME, new TapeHandler() {});
        save.openAccount("shop", DPointer.of("DL", 7));
        save.openFile("orders", DPointer.of("D", 1), "dict shop,orders");
        save.openFile("orders", DPointer.of("D", 11), "shop,orders");
        for (int i = 0; i < 20; i++) {
            save.item(ItemId.of("order " + i), "x".repeat(100).getBytes(StandardCharsets.US_ASCII));
        }
        save.item(ItemId.of("picture"), new byte[] {1, -1, 2});
        save.close();
        save.close();
        save.item(ItemId.of("logon"), "pq".getBytes(StandardCharsets.US_ASCII));
        save.close();
        save.end();
    }

    /** An item of a file that nothing defines, and a record that is none. */
    private static void losses(TapeWriter tape) {
        tape.label("DATA shop WEEK 27");
        tape.write("\u00ffI7\u00fe0\u00fe000Blost\u00fe1\u00fe".getBytes(StandardCharsets.ISO_8859_1));
        tape.write("\u00ffZ none\u00fe\u00ffXX".getBytes(StandardCharsets.ISO_8859_1));
        tape.endFile((byte) ' ');
    }
}
