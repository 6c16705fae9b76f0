package org.hotbackup.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** Writes until it is killed; says on its standard output what was committed, after the commit returned. */
final class KilledWriter {

    static final FilePath FILE = FilePath.data("a", "f");
    static final int THREADS = 8;

    private KilledWriter() {}

    /** In the folder that is given; goes on from what is there. */
    public static void main(String[] args) throws Exception {
        OpenStore open = OpenStore.create(TestDatabase.H2, Path.of(args[0]));
        if (open.store.catalogue().file(FILE).isEmpty()) {
            open.createAccount("a");
            open.createFile("a,f", "DL");
        }
        open.store.logSettings(OpenStore.DL_ONLY);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        for (int thread = 0; thread < THREADS; thread++) {
            String id = "item" + thread;
            new Thread(() -> write(open, id, out)).start();
        }
    }

    private static void write(OpenStore open, String id, OutputStream out) {
        try {
            byte[] before = open.read(FILE, id);
            long number = before == null ? 0 : ByteBuffer.wrap(before).getLong();
            while (true) {
                number++;
                byte[] body = ByteBuffer.allocate(200).putLong(0, number).array();
                try {
                    open.commit(work -> {
                        open.users.write(work, FILE, ItemId.of(id), body);
                        return open.users.write(work, FILE, ItemId.of(id + " twin"), body);
                    });
                } catch (Refusal e) {
                    // nobody takes from the log in this test
                    return;
                }
                synchronized (out) {
                    out.write((id + " " + number + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
