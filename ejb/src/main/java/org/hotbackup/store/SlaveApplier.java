package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hotbackup.apply.ItemStates;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.store.LockManager.Mode;

/** Applies what one slave server receives (design 1.7). For one thread at a time. */
final class SlaveApplier implements Applier {

    private final Store store;
    private final String server;
    private final boolean autoCreate;
    private final ItemOperations operations;

    /**
     * An applier that goes on where this server's last one stopped.
     *
     * @param autoCreate create accounts and files that are missing (HB-017)
     */
    SlaveApplier(Store store, String server, boolean autoCreate) {
        this.store = store;
        this.server = server;
        this.autoCreate = autoCreate;
        operations = store.forSystem();
    }

    @Override
    public Optional<Position> position() {
        try (Connection connection = store.database().connect()) {
            return store.positions().read(connection, server);
        } catch (SQLException e) {
            throw new StoreFailure("the position of server " + server + " could not be read", e);
        }
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        EntityManager entities = store.entities();
        UnitOfWork work = UnitOfWork.ofSlave(store, new EntityAccess(entities));
        boolean committed = false;
        try {
            entities.getTransaction().begin();
            Outcome outcome = applyIn(work, transactions, position);
            work.beforeCompletion();
            entities.getTransaction().commit();
            committed = true;
            return outcome;
        } catch (SQLException | PersistenceException | Refusal | StoreFailure e) {
            throw new ApplyBlockedException(reason(e), e);
        } finally {
            try {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            } finally {
                work.afterCompletion(committed);
                entities.close();
            }
        }
    }

    private static String reason(Exception e) {
        return e instanceof Refusal ? e.getMessage() : "the database does not do it: " + e.getMessage();
    }

    private Outcome applyIn(UnitOfWork work, List<ReceivedTransaction> transactions, Position position)
            throws SQLException {
        work.beginUpdate();
        Optional<Position> before = store.positions().read(work.connection(), server);
        if (before.equals(Optional.of(position))) {
            // an earlier call was told that its commit failed, but it had not
            store.reloadCatalogue();
            return new Outcome(transactions.size(), 0);
        }
        List<Transaction> decoded =
                transactions.stream().map(Transaction::decode).toList();
        lock(work, decoded);
        ItemStates states = new ItemStates();
        LostAndFound lostAndFound = new LostAndFound(
                store, server, before.map(Position::transaction).orElse(0L));
        int lost = 0;
        for (Transaction transaction : decoded) {
            Optional<String> obstacle = transaction.obstacle(work::file, autoCreate);
            if (obstacle.isPresent()) {
                lostAndFound.keep(work, transaction, obstacle.get());
                lost++;
            } else {
                perform(work, transaction.updates(), states);
            }
        }
        operations.writeStates(work, states);
        store.positions().write(work.connection(), server, position);
        return new Outcome(transactions.size() - lost, lost);
    }

    private void lock(UnitOfWork work, List<Transaction> transactions) {
        TreeSet<String> accounts = new TreeSet<>();
        TreeSet<FilePath> sections = new TreeSet<>();
        for (Transaction transaction : transactions) {
            for (Update update : transaction.updates()) {
                FilePath path = update.file();
                boolean ofAccount = update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted;
                if (ofAccount
                        || work.file(FilePath.masterDictionary(path.account())).isEmpty()) {
                    accounts.add(path.account());
                }
                if (path.level() == FilePath.Level.DATA && work.file(path).isEmpty()) {
                    sections.add(path.definedIn());
                }
                sections.add(path);
            }
        }
        accounts.forEach(account -> work.lock(new LockKey.Account(account), Mode.EXCLUSIVE));
        sections.forEach(path -> ItemOperations.lockSection(work, path, Mode.EXCLUSIVE));
    }

    private void perform(UnitOfWork work, List<Update> updates, ItemStates states) throws SQLException {
        for (Update update : updates) {
            if (update instanceof Update.ItemWritten written) {
                Missing.create(operations, work, written.file());
                states.written(written.file(), written.id(), written.body());
            } else if (update instanceof Update.ItemDeleted deleted) {
                Missing.create(operations, work, deleted.file());
                states.deleted(deleted.file(), deleted.id());
            } else {
                states.drop(ItemOperations.emptiedBy(update));
                performOnFile(work, update);
            }
        }
    }

    /** Leaves what the master had after it, whatever was here before. */
    private void performOnFile(UnitOfWork work, Update update) throws SQLException {
        FilePath path = update.file();
        var existing = work.file(path);
        if (update instanceof Update.FileCreated created && existing.isPresent()) {
            operations.recreate(work, existing.get(), created.pointer());
        } else if (update instanceof Update.AccountCreated && existing.isPresent()) {
            operations.deleteAccount(work, path.account());
            operations.performOnFile(work, update);
        } else if (update instanceof Update.FileCreated) {
            Missing.createAccount(operations, work, path.account());
            operations.performOnFile(work, update);
        } else if (update instanceof Update.FileCleared) {
            Missing.create(operations, work, path);
            operations.performOnFile(work, update);
        } else if (existing.isPresent() || update instanceof Update.AccountCreated) {
            operations.performOnFile(work, update);
        }
    }
}
