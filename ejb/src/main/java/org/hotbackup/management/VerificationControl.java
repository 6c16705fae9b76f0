package org.hotbackup.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemSum;
import org.hotbackup.server.ServerVerification;
import org.hotbackup.server.Verifications;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.Verification;

/** The comparison of one master server with its slave, for every surface. */
final class VerificationControl implements VerificationMXBean {

    private static final int MOST_FILES_TOLD = 500;

    private final String name;
    private final Verifications verifications;
    private final Reasons reasons;

    VerificationControl(String name, Verifications verifications, Reasons reasons) {
        this.name = name;
        this.verifications = verifications;
        this.reasons = reasons;
    }

    private ServerVerification verification() {
        return verifications.of(name);
    }

    private Collection<FileResult> results() {
        return verification().results();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getState() {
        return verification().phase();
    }

    @Override
    public String getTrouble() {
        return verification().trouble();
    }

    @Override
    public int getSharePercent() {
        return verification().share();
    }

    @Override
    public int getRound() {
        return verification().round();
    }

    @Override
    public int getRounds() {
        return verification().rounds();
    }

    @Override
    public int getFiles() {
        return verification().progress().files();
    }

    @Override
    public int getFilesDone() {
        return verification().progress().filesDone();
    }

    @Override
    public long getRangesTotal() {
        return verification().progress().ranges();
    }

    @Override
    public long getItemsTotal() {
        return verification().progress().items();
    }

    @Override
    public long getBytesTotal() {
        return verification().progress().bytes();
    }

    @Override
    public int getFilesDifferent() {
        return (int) ServerVerification.different(results());
    }

    @Override
    public long getItemsDifferent() {
        return ServerVerification.itemsDifferent(results());
    }

    @Override
    public long getProvedLsn() {
        return ServerVerification.provedLsn(results());
    }

    @Override
    public OperationReceipt start(int share, int rounds) {
        return OperationReceipt.of(() -> asTask(verification().start(share, rounds)));
    }

    @Override
    public OperationReceipt stop() {
        return OperationReceipt.of(() -> verification().stop());
    }

    @Override
    public OperationReceipt repair(String confirmName, String reason) {
        return reasons.because(
                reason, () -> asTask(verification().repair(confirmName)), name, MessageCode.REPAIR_REASON, name);
    }

    @Override
    public OperationReceipt resync(int share, String confirmName, String reason) {
        return reasons.because(
                reason, () -> asTask(verification().resync(share, confirmName)), name, MessageCode.RESYNC_REASON, name);
    }

    @Override
    public OperationReceipt prove(String units, int share, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> asTask(verification().prove(units, share, confirmName)),
                name,
                MessageCode.RESYNC_REASON,
                name);
    }

    private OperationReceipt asTask(OperationReceipt receipt) {
        return receipt.outcome() == OperationReceipt.Outcome.ACCEPTED
                ? receipt.asTask(TaskIds.verification(name))
                : receipt;
    }

    @Override
    public List<VerifiedFile> files(String after, int limit) {
        Predicate<FilePath> behind = Paging.behind(after);
        return results().stream()
                .filter(result -> behind.test(result.file()))
                .limit(Paging.limit(limit))
                .map(VerificationControl::file)
                .toList();
    }

    @Override
    public String filesText(String after, int limit) {
        return TextLine.lines(files(after, limit));
    }

    private static VerifiedFile file(FileResult result) {
        return new VerifiedFile(
                result.file().toString(),
                result.finding().name().toLowerCase(Locale.ROOT),
                result.finding() == FileResult.Finding.EQUAL ? result.lsn() : 0,
                Instant.ofEpochMilli(result.epochMillis()).toString(),
                result.items(),
                result.bytes(),
                result.ranges(),
                result.differences().size());
    }

    @Override
    public List<ItemDifference> differences(String afterPath, String afterId, int limit) {
        return DifferencePages.page(results(), afterPath, afterId, Paging.limit(limit)).stream()
                .map(found -> difference(found.result(), found.difference()))
                .toList();
    }

    @Override
    public String differencesText(String afterPath, String afterId, int limit) {
        return TextLine.lines(differences(afterPath, afterId, limit));
    }

    private static ItemDifference difference(FileResult result, Difference difference) {
        return new ItemDifference(
                result.file().toString(),
                difference.id().toString(),
                difference.onMaster().map(ItemSum::bytes).orElse(-1),
                difference.onMaster().map(ItemSum::sha256).orElse(""),
                difference.onSlave().map(ItemSum::bytes).orElse(-1),
                difference.onSlave().map(ItemSum::sha256).orElse(""));
    }

    @Override
    public String status() {
        ServerVerification verification = verification();
        Verification.Progress progress = verification.progress();
        List<String> lines = new ArrayList<>();
        lines.add("Comparison of server " + name + ": " + verification.phase());
        if (verification.round() > 0) {
            String of = verification.rounds() == 0 ? "" : " of " + verification.rounds();
            lines.add("Round " + verification.round() + of + ", at most " + verification.share() + " % of the time");
        }
        if (progress.files() > 0) {
            lines.add(progress.filesDone() + " of " + progress.files() + " files done, " + progress.ranges()
                    + " ranges, " + progress.items() + " items, " + progress.bytes() + " bytes compared");
        }
        if (!verification.trouble().isEmpty()) {
            lines.add("Waiting: " + verification.trouble());
        }
        Collection<FileResult> results = verification.results();
        long different = ServerVerification.different(results);
        if (!results.isEmpty()) {
            lines.add(
                    different == 0
                            ? results.size() + " files proved equal as of LSN " + ServerVerification.provedLsn(results)
                            : different + " of " + results.size() + " files are not proved equal");
        }
        results.stream().limit(MOST_FILES_TOLD).forEach(result -> lines.add(line(result)));
        if (results.size() > MOST_FILES_TOLD) {
            lines.add("and " + (results.size() - MOST_FILES_TOLD) + " more files");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(FileResult result) {
        String at = " at " + Instant.ofEpochMilli(result.epochMillis());
        return switch (result.finding()) {
            case EQUAL -> result.file() + ": equal as of LSN " + result.lsn() + at + ", " + result.items() + " items, "
                    + result.bytes() + " bytes";
            case DIFFERENT -> result.file() + ": "
                    + result.differences().size() + (result.more() ? " or more" : "") + " items differ" + at
                    + ", first '" + result.differences().get(0).id() + "'";
            case MISSING -> result.file() + ": the slave does not have it" + at;
            case REPAIRED -> result.file() + ": sent once more, not compared since";
        };
    }
}
