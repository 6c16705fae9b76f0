package org.hotbackup.management;

import java.security.Principal;

/** A role of an authenticated JMX caller: admin, operator or viewer. */
record RolePrincipal(String name) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
