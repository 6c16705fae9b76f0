package org.hotbackup.ordeal;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** What somebody does to the slave that nobody should: its image differs then, and the ordeal knows where. */
final class SlaveActions {

    private static final Pattern HEAD = Pattern.compile("Transaction +([0-9]+)");
    private static final int MOST_MILLIS = 9000;
    private static final int BLOCKED_SECONDS = 15;

    private final Stage stage;

    SlaveActions(Stage stage) {
        this.stage = stage;
    }

    List<Action> all() {
        return List.of(
                new Action("delete a file on the slave", 3, random -> {
                    any(random, path -> path.level() == Level.DATA).ifPresent(file -> {
                        stage.excuses().file(file);
                        onSlave(new Update.FileDeleted(file));
                    });
                }),
                new Action("delete a file with its dictionary on the slave", 1, random -> {
                    any(random, path -> path.level() == Level.DICTIONARY).ifPresent(file -> {
                        stage.excuses().file(file);
                        onSlave(new Update.FileDeleted(file));
                    });
                }),
                new Action("delete an account on the slave", 1, random -> {
                    any(random, path -> path.level() == Level.MASTER_DICTIONARY).ifPresent(account -> {
                        stage.excuses().account(account.account());
                        onSlave(new Update.AccountDeleted(account));
                    });
                }),
                new Action("change items on the slave", 2, this::tamper),
                new Action("create a file on the slave", 1, random -> {
                    any(random, path -> path.level() == Level.MASTER_DICTIONARY).ifPresent(account -> {
                        FilePath extra = FilePath.data(account.account(), "extra" + random.nextInt(3));
                        stage.excuses().file(extra);
                        stage.excuses().file(extra.definedIn());
                        onSlave(new Update.FileCreated(extra, DPointer.of("DL", 7)));
                    });
                }),
                new Action("put an item where a D-pointer belongs", 2, random -> {
                    any(random, path -> path.level() == Level.MASTER_DICTIONARY).ifPresent(account -> {
                        ItemId id = ItemId.of("f" + random.nextInt(8));
                        stage.excuses().inTheWay(account, id);
                        onSlave(new Update.ItemWritten(account, id, new byte[] {'x'}));
                    });
                }),
                new Action("lock an item on the slave", 3, random -> {
                    Thread holder = hold(random);
                    Stage.pause(random.nextInt(3000));
                    join(holder);
                }),
                new Action("set the blocked transaction aside", 2, this::setAside));
    }

    private Optional<FilePath> any(Random random, Predicate<FilePath> which) {
        List<FilePath> some = stage.expectation().with((master, slave) -> slave.sections().keySet().stream()
                .filter(which)
                .filter(path -> !path.account().equals(UserMoves.SHARED.account()) || random.nextInt(8) == 0)
                .toList());
        return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
    }

    private RestClient slave() {
        return stage.pair().slave().rest();
    }

    /** The slave may be far behind, or hold the lock itself: then it is not done. */
    private void onSlave(Update update) {
        try {
            slave().execute(List.of(update));
            stage.journal().say("  " + update.getClass().getSimpleName() + " " + update.file());
        } catch (RestRefusal e) {
            stage.journal().say("  not done: " + e.getMessage());
            if (Caller.isUncertain(e)) {
                stage.journal().violation("the slave says " + e.status() + " " + e.getMessage());
            }
        }
    }

    private void tamper(Random random) {
        any(random, path -> path.level() == Level.DATA).ifPresent(file -> {
            List<ItemId> ids = stage.expectation()
                    .with((master, slave) -> List.copyOf(
                            slave.section(file).orElseThrow().items().keySet()));
            for (int i = 0; i < 3 && !ids.isEmpty(); i++) {
                ItemId id = ids.get(random.nextInt(ids.size()));
                stage.excuses().item(file, id);
                onSlave(
                        random.nextBoolean()
                                ? new Update.ItemDeleted(file, id)
                                : new Update.ItemWritten(file, id, new byte[] {'t'}));
            }
            ItemId own = ItemId.of("only on the slave " + random.nextInt(3));
            stage.excuses().item(file, own);
            onSlave(new Update.ItemWritten(file, own, new byte[] {'t'}));
        });
    }

    /** A user's transaction on the slave that holds a lock which the slave server needs. */
    private Thread hold(Random random) {
        long millis = random.nextInt(MOST_MILLIS);
        FilePath file = random.nextBoolean()
                ? UserMoves.SHARED
                : any(random, path -> path.level() == Level.DATA).orElse(UserMoves.SHARED);
        stage.journal().say("  " + file + " for " + millis + " ms");
        Thread holder = new Thread(
                () -> {
                    try {
                        Caller.hold(slave(), file, ItemId.of("held"), millis);
                    } catch (RuntimeException e) {
                        stage.journal().say("  the lock was not held to its end: " + e.getMessage());
                    }
                },
                "lock on the slave");
        holder.setDaemon(true);
        holder.start();
        return holder;
    }

    private void setAside(Random random) {
        Thread holder = hold(random);
        if (Stage.await(BLOCKED_SECONDS, () -> !head().isEmpty() || !holder.isAlive())) {
            Matcher head = HEAD.matcher(head());
            if (head.find()) {
                long number = Long.parseLong(head.group(1));
                stage.excuses().setAside(number);
                OperationReceipt receipt =
                        stage.pair().slaveServer().setAside(number, stage.pair().slaveName(), "a test");
                stage.journal().say("  " + receipt.message());
            }
        }
        join(holder);
    }

    private String head() {
        return stage.pair().slaveServer().head();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
