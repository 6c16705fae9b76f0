package org.hotbackup.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.hotbackup.control.Role;

/** The user of the page that is asked for, and what he may do. */
@Named("user")
@RequestScoped
public class PageUser {

    @Inject
    HttpServletRequest request;

    /** Whether there is one: the page to log in has none. */
    public boolean isKnown() {
        return PageLogins.current(request).isPresent();
    }

    /** The name; empty if nobody is logged in. */
    public String getName() {
        return PageLogins.current(request).map(PageLogin::user).orElse("");
    }

    /** The greatest role, in words; empty if there is none. */
    public String getRole() {
        Role[] roles = Role.values();
        for (int i = roles.length - 1; i >= 0; i--) {
            if (may(roles[i])) {
                return roles[i].word();
            }
        }
        return "";
    }

    /** Whether he has this role, or a greater one. */
    public boolean may(Role needed) {
        Set<String> roles = PageLogins.current(request).map(PageLogin::roles).orElse(Set.of());
        return needed.isIn(roles);
    }

    /** Whether he may do what operators may. */
    public boolean isOperator() {
        return may(Role.OPERATOR);
    }

    /** Whether he may do everything. */
    public boolean isAdmin() {
        return may(Role.ADMIN);
    }
}
