package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** Files that helpers of the slave clear and resize, with what comes in between. */
final class LargeFileActions {

    private static final FilePath LARGE = FilePath.data("large", "large");
    private static final int TRANSACTIONS = 4;
    private static final int ITEMS = 3000;
    private static final int MOST_MODULO = 5000;

    private final Stage stage;

    LargeFileActions(Stage stage) {
        this.stage = stage;
    }

    /** Makes the account. */
    void begin() {
        perform(new Update.AccountCreated(FilePath.masterDictionary(LARGE.account()), DPointer.of("DL", 7)));
    }

    List<Action> all() {
        return List.of(
                new Action("clear a large file", 3, random -> {
                    clear(random);
                    maybeMore(random);
                }),
                new Action("kill the slave while a helper works", 3, random -> {
                    clear(random);
                    Stage.pause(random.nextInt(1500));
                    stage.killAndStart(stage.pair().slave());
                    maybeMore(random);
                }),
                new Action("kill the master after a large clear", 1, random -> {
                    clear(random);
                    stage.killAndStart(stage.pair().master());
                }));
    }

    private void clear(Random random) {
        if (!there()) {
            perform(new Update.FileCreated(LARGE, DPointer.of("DL", 102 + random.nextInt(MOST_MODULO))));
        }
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<Update> updates = new ArrayList<>();
            for (int n = 0; n < ITEMS; n++) {
                byte[] body = new byte[20];
                random.nextBytes(body);
                updates.add(new Update.ItemWritten(LARGE, ItemId.of("old" + (i * ITEMS + n)), body));
            }
            stage.operator().perform(updates, false);
        }
        if (there()) {
            perform(new Update.FileCleared(LARGE));
            some(random);
        }
    }

    private void some(Random random) {
        for (int i = random.nextInt(20); i > 0; i--) {
            byte[] body = new byte[random.nextInt(100)];
            random.nextBytes(body);
            perform(new Update.ItemWritten(LARGE, ItemId.of("new" + random.nextInt(10)), body));
            perform(new Update.ItemDeleted(LARGE, ItemId.of("new" + random.nextInt(10))));
        }
    }

    /** What has to wait for the helper, or ends its work. */
    private void maybeMore(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> perform(new Update.FileCleared(LARGE));
            case 1 -> perform(new Update.FileDeleted(LARGE));
            case 2 -> perform(new Update.FileRedefined(LARGE, DPointer.of("DL", 50 + random.nextInt(MOST_MODULO))));
            default -> some(random);
        }
    }

    private boolean there() {
        return stage.expectation().with((master, slave) -> master.has(LARGE));
    }

    private void perform(Update update) {
        if (there() || update instanceof Update.FileCreated || update instanceof Update.AccountCreated) {
            stage.operator().perform(List.of(update), false);
        }
    }
}
