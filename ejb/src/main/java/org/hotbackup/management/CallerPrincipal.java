package org.hotbackup.management;

import java.security.Principal;

/**
 * Who opened a JMX connection. What he may do is asked for at each call; the connection is worth nothing any more once the user
 * has another password or is gone.
 *
 * @param name the user
 * @param credential the mark of the password with which he came, as {@link org.hotbackup.control.CallerStore} says it
 */
record CallerPrincipal(String name, String credential) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
