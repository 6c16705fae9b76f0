package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.function.Function;

/** A database transaction of the node itself with its unit of work: committed durably, or it changed nothing. */
final class OwnTransaction {

    private OwnTransaction() {}

    /** What is done in it. */
    interface Body<T> {
        T in(UnitOfWork work) throws SQLException;

        /** Before anything is changed. */
        default void begin(UnitOfWork work) {
            work.beginUpdate();
        }

        /** It is committed; its locks are still held. */
        default void committed() {}

        /** Its commit failed, and may have happened nevertheless; its locks are still held. */
        default void doubtful() {}
    }

    /**
     * Does work and commits it.
     *
     * @param kind makes its unit of work
     * @throws StoreFailure or SQLException if the database failed, or what the body throws; a commit that failed may have
     *     happened nevertheless
     */
    static <T> T run(Store store, Function<UnitOfWork.Access, UnitOfWork> kind, Body<T> body) throws SQLException {
        EntityManager entities = store.entities();
        UnitOfWork work = kind.apply(new EntityAccess(entities));
        boolean committed = false;
        boolean committing = false;
        try {
            entities.getTransaction().begin();
            body.begin(work);
            T result = body.in(work);
            work.beforeCompletion();
            committing = true;
            entities.getTransaction().commit();
            committed = true;
            body.committed();
            return result;
        } catch (RuntimeException e) {
            throw EntityAccess.translated(e);
        } finally {
            if (committing && !committed) {
                body.doubtful();
            }
            end(entities, work, committed);
        }
    }

    private static void end(EntityManager entities, UnitOfWork work, boolean committed) {
        try {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            throw EntityAccess.translated(e);
        } finally {
            work.afterCompletion(committed);
            entities.close();
        }
    }
}
