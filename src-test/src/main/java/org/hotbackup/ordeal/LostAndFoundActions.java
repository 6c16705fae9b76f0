package org.hotbackup.ordeal;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.OperationReceipt;

/** An operator who works on lost+found. */
final class LostAndFoundActions {

    /** An older record of the same items comes first, it still cannot be performed, or it holds no transaction. */
    private static final Set<String> NOT_NOW = Set.of("HB2091", "HB2092", "HB2090", "HB2287", "HB1016");

    private static final int MOST = 5;

    private final Stage stage;

    LostAndFoundActions(Stage stage) {
        this.stage = stage;
    }

    List<Action> all() {
        return List.of(
                new Action("replay from lost+found", 3, random -> each(random, this::replay)),
                new Action("discard from lost+found", 1, random -> each(random, this::discard)),
                new Action(
                        "try what is in lost+found",
                        1,
                        random -> each(random, record -> {
                            desk().show(record.id().toString());
                            if (!record.updates().isEmpty()) {
                                desk().tryReplay(record.id().toString());
                            }
                        })));
    }

    private interface Work {
        void on(LostItem record);
    }

    private void each(Random random, Work work) {
        List<LostItem> records = LostAndFoundRecords.all(stage.pair().slave().rest());
        int first = records.isEmpty() ? 0 : random.nextInt(records.size());
        records.stream().skip(random.nextBoolean() ? 0 : first).limit(MOST).forEach(work::on);
    }

    private LostAndFoundMXBean desk() {
        return stage.pair().slave().control().lostAndFound();
    }

    private void replay(LostItem record) {
        record.updates().forEach(stage.excuses()::update);
        OperationReceipt receipt = desk().replay(record.id().toString());
        stage.journal().say("  " + receipt.messageId() + " " + receipt.message());
        if (receipt.outcome() != OperationReceipt.Outcome.DONE && !NOT_NOW.contains(receipt.messageId())) {
            stage.journal().violation("replay of " + record.id() + ": " + receipt.message());
        }
    }

    /** After a repair its records are of no use any more. */
    void empty() {
        LostAndFoundRecords.all(stage.pair().slave().rest()).forEach(this::discard);
        if (desk().getCount() != 0) {
            stage.journal().violation("lost+found is empty and says that it has " + desk().getCount() + " records");
        }
    }

    private void discard(LostItem record) {
        record.updates().forEach(stage.excuses()::update);
        stage.excuses().discard(record);
        stage.done(desk().discard(record.id().toString(), record.id().toString(), "the ordeal asks for it"));
    }
}
