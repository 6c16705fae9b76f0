package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A user of a node.
 *
 * @param name as he logs in
 * @param roles divided by commas
 * @param address where he gets notices, empty if nowhere
 * @param login whether he can log in: others only get notices
 */
public record NodeUser(String name, String roles, String address, boolean login) {

    /** For MXBean tools. */
    @ConstructorParameters({"name", "roles", "address", "login"})
    public NodeUser {}

    public String getName() {
        return name;
    }

    public String getRoles() {
        return roles;
    }

    public String getAddress() {
        return address;
    }

    public boolean isLogin() {
        return login;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(name, roles, address, login);
    }
}
