package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.AccessControlContext;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;

/** Who asks for a control operation, whichever surface it comes from. Thread-safe. */
@ApplicationScoped
public class Callers {

    /** Whoever owns the node's home comes over JMX, too, by the commands. */
    private static final String LOCAL = "local";

    private static final Caller STRANGER = new Caller("", "", "");

    @Inject
    CallerStore known;

    /** On whose behalf this thread works; a nameless stranger if nobody said. */
    public Caller current() {
        return Caller.current().or(() -> overJmx().map(Callers::caller)).orElse(STRANGER);
    }

    /** Who makes the JMX request that is answered on this thread. */
    static Caller caller(CallerPrincipal principal) {
        return new Caller(principal.name(), principal.name().equals(LOCAL) ? "cli" : "jmx", CallerSocket.address());
    }

    /** The roles that the current caller has at this moment. */
    public Set<String> roles() {
        return overJmx()
                .map(principal -> principal.credential().equals(known.credential(principal.name()))
                        ? known.roles(principal.name())
                        : Set.<String>of())
                .or(() -> Caller.current().map(caller -> known.roles(caller.name())))
                .orElse(Set.of());
    }

    /** The name of the user on whose behalf this thread works. */
    public String name() {
        return current().name();
    }

    static Optional<CallerPrincipal> overJmx() {
        return subjectOverJmx().flatMap(Callers::principal);
    }

    /** The RMI connector runs each request as its caller; Java 17 has no other way to ask who that is. */
    @SuppressWarnings("removal")
    static Optional<Subject> subjectOverJmx() {
        AccessControlContext context = java.security.AccessController.getContext();
        return Optional.ofNullable(Subject.getSubject(context));
    }

    /** Whom a subject stands for; empty if not for one whom we let in. */
    static Optional<CallerPrincipal> principal(Subject subject) {
        return subject.getPrincipals(CallerPrincipal.class).stream().findFirst();
    }
}
