package org.hotbackup.control;

import java.util.Optional;
import java.util.Set;

/** Who may come in: the users of this node, kept in {@code dm,users} with hashed passwords. Thread-safe. */
public interface CallerStore {

    /**
     * The roles of a user.
     *
     * @return empty if there is no such user or the password is wrong; takes the same time either way
     */
    Optional<Set<String>> authenticate(String user, String password);
}
