package org.hotbackup.jms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;

/** A JVM of its own that appends entries as fast as it can until it is killed, and says what is stored. */
final class AppendingProcess implements AutoCloseable {

    private static final int BATCH = 20;

    private final Process process;
    private final BufferedReader output;
    private long stored;

    private AppendingProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static AppendingProcess start(Path home) throws IOException {
        return new AppendingProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The next line it says, null if it has ended. */
    String line() throws IOException {
        String line = output.readLine();
        // the last line may be cut
        if (line != null && line.endsWith(".")) {
            stored = Long.parseLong(line.substring(0, line.length() - 1));
        }
        return line;
    }

    /** Kills it at once; the last LSN that it was told is stored. */
    long kill() throws IOException, InterruptedException {
        // by its handle, because the process itself would close its output, too
        process.toHandle().destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
        String line = line();
        while (line != null) {
            line = line();
        }
        return stored;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Every hundredth entry is one that goes to a file of its own. */
    static LogEntry entry(long lsn) {
        return Entries.entry(lsn, new byte[lsn % 100 == 0 ? 600_000 : 100]);
    }

    static List<LogEntry> entries(long from, long to) {
        List<LogEntry> entries = new ArrayList<>();
        for (long lsn = from; lsn <= to; lsn++) {
            entries.add(entry(lsn));
        }
        return entries;
    }

    /** Appends to the queue of server todev in the home given. */
    public static void main(String[] arguments) throws Exception {
        Broker broker = TestBroker.in(Path.of(arguments[0]));
        try {
            broker.start();
        } catch (QueueUnavailableException e) {
            System.out.println(e.getMessage());
            return;
        }
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        queue.define("todev");
        for (long lsn = 1; ; lsn += BATCH) {
            queue.append(entries(lsn, lsn + BATCH - 1));
            System.out.println(lsn + BATCH - 1 + ".");
        }
    }
}
