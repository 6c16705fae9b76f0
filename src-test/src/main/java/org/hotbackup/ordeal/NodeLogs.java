package org.hotbackup.ordeal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.testing.TestNode;

/** What the nodes' own logs say that they must not say. */
final class NodeLogs {

    private static final List<String> NEVER = List.of(
            "[SEVERE]",
            "SEVERE:",
            "SEVERE|",
            MessageCode.INTERNAL_ERROR.id() + " ",
            MessageCode.MALLOC_ERROR.id() + " ",
            "OutOfMemoryError",
            "NullPointerException",
            "ClassCastException",
            "IllegalStateException");

    private final Journal journal;
    private final Map<Path, Long> read = new HashMap<>();

    NodeLogs(Journal journal) {
        this.journal = journal;
    }

    /** Reads on in a node's log; to be called before it is started again as well, for then the log begins anew. */
    void look(TestNode node) {
        Path log = node.home().log();
        if (!Files.exists(log)) {
            return;
        }
        try {
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(all.length, read.getOrDefault(log, 0L));
            read.put(log, (long) all.length);
            new String(all, from, all.length - from, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> NEVER.stream().anyMatch(line::contains))
                    .limit(5)
                    .forEach(line -> journal.violation("log of " + node.home().name() + ": " + line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last look at a log that begins anew with the next start. */
    void lookBeforeStart(TestNode node) {
        look(node);
        read.remove(node.home().log());
    }
}
