package org.hotbackup.ordeal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.testing.TestNode;

/** What the nodes' own logs say that they must not say. */
final class NodeLogs {

    private static final List<String> NEVER = List.of(
            "SEVERE",
            MessageCode.INTERNAL_ERROR.id() + " ",
            MessageCode.MALLOC_ERROR.id() + " ",
            "OutOfMemoryError",
            "NullPointerException",
            "ClassCastException",
            "IllegalStateException");

    /**
     * What Artemis itself says when a connection is reset in its first moment, as the line does while it is cut; and of its
     * own bookkeeping for clusters when a queue is cleared that a master server reads.
     */
    private static final List<String> OF_ARTEMIS = List.of(
            "AMQ214016: Failed to create netty connection",
            "AMQ224095: Error updating Consumer Count: Tried to decrement consumer count below 0");

    private static final int MOST_SHOWN = 400;

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
            wrong(new String(all, from, all.length - from, StandardCharsets.UTF_8))
                    .forEach(record ->
                            journal.violation("log of " + node.home().name() + ": " + record.replace('\n', ' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginnings of the records of a log that must not be there. */
    static List<String> wrong(String log) {
        return records(log).stream()
                .filter(NodeLogs::isWrong)
                .map(record -> record.substring(0, Math.min(MOST_SHOWN, record.length())))
                .toList();
    }

    private static boolean isWrong(String record) {
        return NEVER.stream().anyMatch(record::contains) && OF_ARTEMIS.stream().noneMatch(record::contains);
    }

    /** A record begins with its time in brackets and may have many lines. */
    private static List<String> records(String text) {
        List<String> records = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        text.lines().forEach(line -> {
            if (line.startsWith("[2") && record.length() > 0) {
                records.add(record.toString());
                record.setLength(0);
            }
            record.append(line).append('\n');
        });
        records.add(record.toString());
        return records;
    }

    /** The last look at a log that begins anew with the next start. */
    void lookBeforeStart(TestNode node) {
        look(node);
        read.remove(node.home().log());
    }
}
