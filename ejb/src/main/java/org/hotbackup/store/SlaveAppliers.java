package org.hotbackup.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import org.hotbackup.apply.DelayedUpdates;
import org.hotbackup.apply.Helper;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.Position;

/** Makes the appliers of this node's slave servers. Thread-safe. */
@ApplicationScoped
public class SlaveAppliers {

    @EJB
    private StoreBean store;

    /**
     * The applier of a slave server; one at a time for each server.
     *
     * @param autoCreate create accounts and files that are missing (HB-017, HB-060)
     * @param logSlaveUpdate log what it applies for this node's own slaves (HB-015, HB-055)
     * @param opened told which files it opens
     */
    public Applier forServer(String name, boolean autoCreate, boolean logSlaveUpdate, OpenedFiles opened) {
        return new SlaveApplier(
                store.store(),
                new SlaveBatch.Rules(name, autoCreate, logSlaveUpdate, SystemAccount::isProtected),
                opened);
    }

    /** The committed position of a slave server, empty if it never applied anything. */
    public Optional<Position> position(String name) {
        try (Connection connection = store.store().database().connect()) {
            return store.store().positions().read(connection, name);
        } catch (SQLException e) {
            throw new StoreFailure("the position of server " + name + " could not be read", e);
        }
    }

    /** Puts a position in the place of what is known of one who applies nothing now. */
    public void stand(String name, Position position) {
        Store opened = store.store();
        try {
            SlaveTransaction.free(opened, false, transaction -> {
                opened.positions().write(transaction.work().connection(), name, position);
                return position;
            });
        } catch (SQLException e) {
            throw new StoreFailure("the position of " + name + " could not be written", e);
        }
    }

    /** How many transactions a slave server received and did not apply. */
    public long pending(String name) {
        return pending(store.store(), name);
    }

    static long pending(Store opened, String name) {
        try {
            return SlaveTransaction.read(opened, new DelayedUpdates(name)::count);
        } catch (SQLException e) {
            throw new StoreFailure("the pending updates of server " + name + " could not be counted", e);
        }
    }

    /** What helpers have to do. */
    public Collection<HelperTask> helperTasks() {
        return store.store().helperTasks().all();
    }

    /**
     * Does one step of a helper's task, durably.
     *
     * @return whether there is more to do
     * @throws Refusal if the section is locked, or there is no room
     */
    public boolean helperStep(FilePath file) {
        return helperStep(store.store(), file);
    }

    static boolean helperStep(Store opened, FilePath file) {
        try {
            return SlaveTransaction.free(opened, false, transaction -> {
                transaction.lock(file);
                return Helper.step(file, transaction.image(), transaction.tasks(), transaction.now());
            });
        } catch (SQLException e) {
            throw new StoreFailure("the helper of " + file + " could not go on", e);
        }
    }

    /** Reads file-of-files again: after it was repaired by hand (HB-099, HB-154). */
    public void reopenFiles() {
        Store opened = store.store();
        try {
            opened.slaveMemory().doubt();
            opened.slaveMemory().recall();
        } catch (SQLException e) {
            throw new StoreFailure("file-of-files could not be read", e);
        }
    }

    /**
     * Forgets a slave server that does not run, because it is deleted: how far it had come, and the updates that it
     * received and did not apply. What its helpers have begun is ended first.
     *
     * @return how many delayed transactions were dropped
     * @throws Refusal if a section that a helper works on is locked
     */
    public long forget(String name) {
        return forget(store.store(), name);
    }

    static long forget(Store opened, String name) {
        endHelpers(opened, name);
        DelayedUpdates delayed = new DelayedUpdates(name);
        try {
            return SlaveTransaction.free(opened, false, transaction -> {
                transaction.lock(SlaveFiles.DELAYED);
                opened.positions().delete(transaction.work().connection(), name);
                return delayed.removeAll(transaction.image());
            });
        } catch (SQLException e) {
            throw new StoreFailure("the position of server " + name + " could not be deleted", e);
        }
    }

    private static void endHelpers(Store opened, String server) {
        opened.helperTasks().all().stream()
                .filter(task -> task.server().equals(server))
                .map(HelperTask::file)
                .forEach(file -> endHelper(opened, file));
    }

    /** A resize that waits until its file's record is repaired is left to the node: it holds nothing. */
    private static void endHelper(Store opened, FilePath file) {
        try {
            boolean more = true;
            while (more) {
                more = helperStep(opened, file);
            }
        } catch (Refusal e) {
            if (e.code() != MessageCode.CANNOT_READ_FOF_ITEM) {
                throw e;
            }
        }
    }
}
