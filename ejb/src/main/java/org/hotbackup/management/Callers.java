package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.AccessControlContext;
import java.security.Principal;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;

/** Who asks for a control operation, whichever surface it comes from. Thread-safe. */
@ApplicationScoped
public class Callers {

    @Inject
    Principal ofContainer;

    /** The name of the user on whose behalf this thread works. */
    public String name() {
        Subject subject = subject();
        if (subject == null) {
            return ofContainer.getName();
        }
        return subject.getPrincipals(JMXPrincipal.class).stream()
                .findFirst()
                .map(Principal::getName)
                .orElse("unknown");
    }

    /** The RMI connector runs each request as its caller; Java 17 has no other way to ask who that is. */
    @SuppressWarnings("removal")
    static Subject subject() {
        AccessControlContext context = java.security.AccessController.getContext();
        return Subject.getSubject(context);
    }
}
