package org.hotbackup.control;

import java.util.Optional;
import java.util.Set;

/**
 * Who may come in: the users of this node, kept in {@code dm,users} with hashed passwords. Every surface asks here, so
 * whoever tries passwords is slowed down on all of them at once. Thread-safe.
 */
public interface CallerStore {

    /**
     * The roles of the user with this name and password. Who was known within the last minute is known at once.
     *
     * @param caller the name that is claimed, and where it comes from
     * @return empty if there is no such user, if the password is wrong, or was wrong too often just now; an unknown user takes
     *     the same time as a wrong password
     * @throws org.hotbackup.control.messages.Refusal if too many passwords are being checked now
     */
    Optional<Set<String>> authenticate(Caller caller, String password);

    /** Writes down that somebody opened a session, which {@link #authenticate} alone does not. */
    void loggedIn(Caller caller);

    /** The roles that a user has now; none if there is no such user. Reads memory only. */
    Set<String> roles(String user);

    /**
     * A mark of the user's password, which cannot be turned back into it: another one as soon as he has another password, or
     * was deleted and made again; empty if there is no such user. A surface that keeps somebody logged in keeps this, and
     * ends his session when it has changed. Reads memory only.
     */
    String credential(String user);
}
