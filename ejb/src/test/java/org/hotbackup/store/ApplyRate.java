package org.hotbackup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.Logger;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;

/**
 * How many items a second a slave applies: transactions of one item of 200 bytes over 100,000 ids in random order, first
 * all new, then all there. Run by hand.
 */
final class ApplyRate {

    private static final Logger LOG = Logger.getLogger(ApplyRate.class.getName());
    private static final int IDS = 100_000;
    private static final FilePath FILE = FilePath.data("bench", "items");

    private ApplyRate() {}

    /** Measures each database with each batch size. */
    public static void main(String[] args) throws Exception {
        for (TestDatabase database : TestDatabase.values()) {
            for (int batch : new int[] {64, 256, 1024, 4096}) {
                Path folder = Files.createTempDirectory("apply-rate");
                measure(database, batch, folder);
                deleteAll(folder);
            }
        }
    }

    private static void measure(TestDatabase database, int batch, Path folder)
            throws SQLException, ApplyBlockedException {
        try (OpenStore open = OpenStore.create(database, folder)) {
            SlaveApplier applier = new SlaveApplier(
                    open.store,
                    new SlaveBatch.Rules("bench", true, false, SystemAccount::isProtected),
                    new OpenedFiles());
            long number = 0;
            Random random = new Random(1);
            StringBuilder rates = new StringBuilder();
            for (int round = 0; round < 4; round++) {
                List<ReceivedTransaction> all = new ArrayList<>();
                for (int i = 0; i < IDS; i++) {
                    int id = round == 0 ? i : random.nextInt(IDS);
                    byte[] body = new byte[200];
                    random.nextBytes(body);
                    Update update = new Update.ItemWritten(FILE, ItemId.of("item" + id), body);
                    number++;
                    all.add(new ReceivedTransaction(
                            number, new LogEntry(number, number - 1, 1, LogEntryCodec.encode(List.of(update)))));
                }
                long begin = System.nanoTime();
                for (int from = 0; from < IDS; from += batch) {
                    List<ReceivedTransaction> some = all.subList(from, Math.min(IDS, from + batch));
                    long last = some.get(some.size() - 1).number();
                    applier.apply(some, new Position("bench", last, last));
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                rates.append(String.format(Locale.ROOT, " %,.0f", IDS / seconds));
            }
            LOG.info(String.format(Locale.ROOT, "%s, batches of %d: items/s by round%s", database, batch, rates));
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
