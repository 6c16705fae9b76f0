package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.model.FilePath;
import org.hotbackup.testing.Pair;

/**
 * Lets the servers compare a quiet pair and holds what they find against what is found from outside, item by item; then
 * lets them repair it, after which nothing of what is logged may differ.
 */
final class Audit {

    private static final long PATIENCE_SECONDS = 300;
    private static final int PAGE = 1_000;
    /** States of a comparison that is not over. */
    static final Set<String> AT_WORK = Set.of("verifying", "repairing");

    private static final String FILE_LIST = "dm,file-of-files";

    private final Stage stage;
    private final boolean autoCreate;

    /**
     * An audit.
     *
     * @param autoCreate how the slave server is set up
     */
    Audit(Stage stage, boolean autoCreate) {
        this.stage = stage;
        this.autoCreate = autoCreate;
    }

    /**
     * To be called at a quiet point.
     *
     * @return the sections that could not be repaired, for there is no account on the slave where they belong
     */
    Set<FilePath> perform() {
        LoggedDifferences real = differences();
        if (!await() || !ask(verification().start(100, 1)) || !await()) {
            return Set.of();
        }
        SortedSet<String> found = new TreeSet<>();
        SortedSet<String> items = new TreeSet<>();
        for (VerifiedFile file : allFiles()) {
            if (!file.finding().equals("equal") && !file.path().equals(FILE_LIST)) {
                found.add(file.path());
            }
        }
        for (ItemDifference difference : allDifferences()) {
            if (difference.path().equals(FILE_LIST)) {
                found.add(difference.id());
            } else {
                items.add(difference.path() + " '" + difference.id() + "'");
            }
        }
        agree("sections", real.sections().stream().map(FilePath::toString).collect(Collectors.toSet()), found);
        agree(
                "items",
                real.items().entrySet().stream()
                        .flatMap(file -> file.getValue().stream().map(id -> file.getKey() + " '" + id + "'"))
                        .collect(Collectors.toSet()),
                items);
        stage.journal().say("compared: " + found.size() + " sections and " + items.size() + " items differ");
        return !found.isEmpty() && ask(verification().repair(Pair.MASTER, "a test")) && await()
                ? judgeRepaired()
                : Set.of();
    }

    private void agree(String what, Set<String> real, Set<String> found) {
        if (!real.equals(found)) {
            SortedSet<String> unseen = new TreeSet<>(real);
            unseen.removeAll(found);
            SortedSet<String> falseAlarms = new TreeSet<>(found);
            falseAlarms.removeAll(real);
            stage.journal()
                    .violation("verify: " + what + " that differ and were not found: " + unseen
                            + "; found and do not differ: " + falseAlarms + "; "
                            + verification().status());
        }
    }

    private Set<FilePath> judgeRepaired() {
        if (!Stage.await(PATIENCE_SECONDS, () -> stage.pair().masterServer().getLagTransactions() == 0)) {
            stage.journal().violation("what was repaired is not acknowledged");
        }
        Judge.awaitHelpers(stage);
        LoggedDifferences left = differences();
        SortedMap<FilePath, Section> repaired =
                NodeImage.read(stage.pair().slave().rest());
        Set<FilePath> homeless = autoCreate ? Set.of() : left.homeless(repaired);
        if (!left.sections().equals(homeless)) {
            stage.journal()
                    .violation("repair left differences: " + left + "; "
                            + verification().status());
        }
        stage.expectation().with((master, slave) -> {
            slave.adoptAll(repaired);
            return null;
        });
        stage.secondSlave().judge(NodeImage.read(stage.pair().master().rest()), true);
        return homeless;
    }

    private LoggedDifferences differences() {
        return LoggedDifferences.between(
                NodeImage.read(stage.pair().master().rest()),
                NodeImage.read(stage.pair().slave().rest()),
                stage.expectation().isLoggingAllFiles());
    }

    private boolean ask(OperationReceipt receipt) {
        stage.done(receipt);
        return receipt.outcome() != OperationReceipt.Outcome.REFUSED;
    }

    private boolean await() {
        boolean rests = Stage.await(
                PATIENCE_SECONDS, () -> !AT_WORK.contains(verification().getState()));
        if (!rests) {
            stage.journal().violation("verify does not end: " + verification().status());
        }
        return rests;
    }

    private VerificationMXBean verification() {
        return stage.pair().master().control().verification(Pair.MASTER);
    }

    private List<VerifiedFile> allFiles() {
        List<VerifiedFile> all = new ArrayList<>();
        List<VerifiedFile> page = verification().files("", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = verification().files(page.get(page.size() - 1).path(), PAGE);
        }
        return all;
    }

    private List<ItemDifference> allDifferences() {
        List<ItemDifference> all = new ArrayList<>();
        List<ItemDifference> page = verification().differences("", "", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            ItemDifference last = page.get(page.size() - 1);
            page = verification().differences(last.path(), last.id(), PAGE);
        }
        return all;
    }
}
