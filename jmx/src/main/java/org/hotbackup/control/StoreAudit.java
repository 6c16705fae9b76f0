package org.hotbackup.control;

import java.util.function.Supplier;
import org.hotbackup.control.messages.Refusal;

/**
 * Where a surface has recorded what it changes in the store without a control bean: accounts and files over REST. What single
 * items hold is data, and is not recorded. Thread-safe.
 */
public interface StoreAudit {

    /**
     * Changes something for the caller of this thread ({@link Caller#current}): recorded as begun before it is done, and with its
     * outcome before this method returns.
     *
     * @param operation what is done, such as {@code createFile}
     * @param arguments to what, as {@code name=value}; what is longer than 1000 characters is cut
     * @return what the change answers
     * @throws Refusal if it cannot be recorded, nothing is done then; and whatever the change throws
     */
    <T> T record(String operation, String arguments, Supplier<T> change);

    /**
     * Records that a request of a user was refused before any control bean or change was asked; of the same caller, what repeats
     * within a minute together.
     *
     * @param method of HTTP
     * @param path what it was for
     */
    void refused(Caller caller, String method, String path, Refusal refusal);
}
