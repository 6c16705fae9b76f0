package org.hotbackup.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The figures of the last hour and day. */
@Command(
        name = "samples",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a figure over the last hour, every ten seconds, and over the last day, every five minutes, as"
                    + " comma-separated values: time in UTC, value.",
            "Without FIGURE it lists the figures that there are, with their units."
        })
final class Samples extends NodeVerb {

    private static final int MOST = 2_000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FIGURE", description = "The figure's word.")
    String figure;

    @Option(
            names = "--of",
            paramLabel = "SERVER",
            defaultValue = "",
            description = "The server, for a figure of one; the node if not given.")
    String server;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only from this time on, in UTC: 2026-11-21T10:15:30Z.")
    String from;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + MOST,
            description = "At most so many, 1 to " + MOST + "; ${DEFAULT-VALUE} if not given.")
    int limit;

    @Override
    void check() {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(MessageCode.USAGE, "--limit is from 1 to " + MOST + ".");
        }
        fromMillis();
    }

    private long fromMillis() {
        try {
            return from == null ? 0 : Instant.parse(from).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new Refusal(
                    MessageCode.USAGE, "'" + from + "' is not a time; write for example --from 2026-11-21T10:15:30Z.");
        }
    }

    @Override
    int run(NodeConnection connection) {
        SamplesMXBean samples = connection.samples();
        if (figure == null) {
            List<String> figures = samples.getFigures();
            return answer(figures, () -> figures);
        }
        return answer(
                samples.csv(figure, server, fromMillis(), limit).stripTrailing(),
                () -> samples.samples(figure, server, fromMillis(), limit));
    }
}
