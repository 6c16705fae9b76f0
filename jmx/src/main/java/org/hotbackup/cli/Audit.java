package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who did what on a node, and the proof that nobody changed the record of it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who did what on a node: the last records, or those after a number, oldest first.",
            "BEGUN without a later record of the same operation means that the node ended meanwhile."
        })
final class Audit extends NodeVerb {

    @Option(names = "--after", paramLabel = "N", description = "Only records behind this number.")
    Long after;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many records; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Option(
            names = "--verify",
            description =
                    "Walks through all records instead, says whether each is as it was written, and the hash of the last.")
    boolean verify;

    @Option(
            names = "--since",
            paramLabel = "N:HASH",
            description = "With --verify: also that record N still has the hash that was noted for it.")
    String since;

    @Override
    int run(NodeConnection connection) {
        AuditMXBean audit = connection.audit();
        if (verify) {
            return answer(since == null ? audit.verify() : verifySince(audit));
        }
        int most = checkedLines(lines);
        long from = after == null ? Math.max(0, audit.getHeadNumber() - most) : after;
        List<AuditRecord> records = audit.list(from, most);
        return answer(records.stream().map(Audit::line).toList(), () -> records);
    }

    private OperationReceipt verifySince(AuditMXBean audit) {
        String[] noted = since.split(":", 2);
        if (noted.length != 2 || !noted[0].matches("[0-9]{1,18}")) {
            throw new Refusal(
                    MessageCode.USAGE, "--since is a number, a colon and a hash, as HeadNumber and HeadHash were.");
        }
        return audit.verifySince(Long.parseLong(noted[0]), noted[1]);
    }

    private static String line(AuditRecord record) {
        String who = (record.user().isEmpty() ? "-" : record.user()) + " (" + record.surface()
                + (record.address().isEmpty() ? "" : " " + record.address()) + ")";
        String what = record.bean() + "." + record.operation() + "(" + record.arguments() + ")";
        String times = record.times() == 1 ? "" : " " + record.times() + " times";
        String of = record.begun() == 0 ? "" : " of " + record.begun();
        String answer = record.message().isEmpty() ? "" : ": " + record.message();
        return String.join(
                "  ", Long.toString(record.number()), record.time(), who, what, record.outcome() + of + times + answer);
    }
}
