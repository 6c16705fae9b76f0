package org.hotbackup.matrix;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.Role;

/**
 * Every operation of every control bean, how it is called so that nothing is harmed, and what comes of it, whichever surface
 * it is called on: the rows of {@link MatrixTest}.
 *
 * @param onSlave whether it is for the slave's node
 * @param bean its type, with the server's name if it is of one
 * @param operation its name
 * @param role the least one that may
 * @param outcome VALUE if it only answers, or the receipt's outcome and, if refused, its message id; with | between if it
 *     is another one the second time
 * @param arguments as a console takes them; some stand for what differs from user to user
 * @param command the words of our command for it, empty if there is none; of a text twin, those of what it is the twin of
 */
record EveryOperation(
        boolean onSlave,
        String bean,
        String operation,
        Role role,
        String outcome,
        List<String> arguments,
        List<String> command) {

    /** What answers only. */
    static final String VALUE = "VALUE";

    /**
     * Among arguments and words: the password of who calls, a folder that is not there, a file with a new password, and one that is
     * another one each time and not there.
     */
    static final String PASSWORD = "{password}";

    static final String FOLDER = "{folder}";
    static final String PASSWORD_FILE = "{password file}";
    static final String NEW_FILE = "{new file}";

    private static final String WRONG = "REFUSED HB2036";
    private static final String SERVER = "Server,name=todev";
    private static final String VERIFICATION = "Verification,name=todev";
    private static final String SLAVE = "Server,name=fromprod";

    /** A slave server of the slave's node that was never started. */
    static final String IDLE = "idle";

    private static EveryOperation reads(String bean, String operation, String... arguments) {
        return row(bean, operation, Role.VIEWER, VALUE, arguments);
    }

    private static EveryOperation row(String bean, String operation, Role role, String outcome, String... arguments) {
        boolean onSlave = bean.equals(SLAVE) || bean.endsWith("=" + IDLE);
        return new EveryOperation(onSlave, bean, operation, role, outcome, List.of(arguments), List.of());
    }

    private EveryOperation by(String... words) {
        return new EveryOperation(onSlave, bean, operation, role, outcome, arguments, List.of(words));
    }

    /** All of them. */
    static List<EveryOperation> all() {
        List<EveryOperation> all = new ArrayList<>();
        all.addAll(node());
        all.addAll(server());
        all.addAll(slaveServer());
        all.addAll(queue());
        all.addAll(others());
        all.addAll(verification());
        all.addAll(security());
        return all;
    }

    private static List<EveryOperation> node() {
        String bean = "Node";
        return List.of(
                reads(bean, "digest", "dm,users").by("digest", "dm,users"),
                reads(bean, "diagnose").by("diagnose"),
                reads(bean, "diagnoseText").by("diagnose"),
                row(bean, "support", Role.ADMIN, VALUE).by("diagnose", "--bundle", NEW_FILE),
                row(bean, "supportText", Role.ADMIN, VALUE).by("diagnose", "--bundle", NEW_FILE),
                reads(bean, "listFiles", "dm", "", "10"),
                reads(bean, "listJobs", "10").by("list-jobs"),
                row(bean, "setup", Role.ADMIN, "REFUSED HB2001", "no1", "type=master host=127.0.0.1 port=2000")
                        .by("setup", "server=no1", "type=master", "host=127.0.0.1", "port=2000"),
                row(bean, "deleteServer", Role.ADMIN, WRONG, "todev", "x", "matrix")
                        .by("delete", "server=todev", "--confirm", "x", "--reason", "matrix"),
                row(bean, "deleteRecord", Role.ADMIN, "REFUSED HB2012", "todev", "x", "matrix")
                        .by("delete", "hb.log", "todev", "--confirm", "x", "--reason", "matrix"),
                row(bean, "closeForUpdates", Role.ADMIN, WRONG, "x", "matrix")
                        .by("updates", "close", "--confirm", "x", "--reason", "matrix"),
                row(bean, "openForUpdates", Role.ADMIN, WRONG, "x", "matrix")
                        .by("updates", "open", "--confirm", "x", "--reason", "matrix"));
    }

    private static List<EveryOperation> server() {
        String bean = SERVER;
        return List.of(
                reads(bean, "query").by("query", "server=todev"),
                reads(bean, "show").by("show", "server=todev"),
                reads(bean, "statistics").by("statistics", "server=todev"),
                reads(bean, "status", "5").by("status", "server=todev"),
                reads(bean, "traces", "5").by("traces", "server=todev"),
                row(bean, "start", Role.OPERATOR, "REFUSED HB2012").by("start", "server=todev"),
                row(bean, "startWithTraces", Role.OPERATOR, "REFUSED HB2012").by("start", "server=todev", "-v"),
                row("Server,name=" + IDLE, "stop", Role.OPERATOR, "REFUSED HB2018", IDLE)
                        .by("stop", "server=" + IDLE),
                row(bean, "tracesOn", Role.OPERATOR, "DONE").by("traces", "on", "server=todev"),
                row(bean, "tracesOff", Role.OPERATOR, "DONE").by("traces", "off", "server=todev"),
                row(bean, "rejoin", Role.ADMIN, "REFUSED HB2213", "true", "2001", "x", "matrix")
                        .by("rejoin", "server=todev", "keep=yes", "port=2001", "--confirm", "x", "--reason", "matrix"),
                row(bean, "rejoinEntries", Role.VIEWER, "REFUSED HB2213", "0", "10")
                        .by("rejoin", "server=todev", "--list"),
                row(bean, "rejoinList", Role.VIEWER, "REFUSED HB2213", "0", "10")
                        .by("rejoin", "server=todev", "--list"));
    }

    private static List<EveryOperation> slaveServer() {
        String bean = SLAVE;
        return List.of(
                reads(bean, "head").by("head", "server=fromprod"),
                reads(bean, "openedFiles", "", "10").by("opened-files", "server=fromprod"),
                row(bean, "closeFiles", Role.OPERATOR, "DONE").by("close-files", "server=fromprod"),
                row(bean, "stopApplying", Role.OPERATOR, "DONE").by("stop-applying", "server=fromprod"),
                row(bean, "startApplying", Role.OPERATOR, "DONE").by("start-applying", "server=fromprod"),
                row(bean, "setAside", Role.ADMIN, WRONG, "1", "x", "matrix")
                        .by(
                                "set-aside",
                                "server=fromprod",
                                "--transaction",
                                "1",
                                "--confirm",
                                "x",
                                "--reason",
                                "matrix"),
                row(bean, "promote", Role.ADMIN, WRONG, "x", "matrix")
                        .by("promote", "server=fromprod", "--confirm", "x", "--reason", "matrix"));
    }

    private static List<EveryOperation> queue() {
        String bean = "TransactionLogQueue";
        return List.of(
                reads(bean, "display", "todev").by("queue", "server=todev"),
                reads(bean, "find", "todev", "", "", "", "0", "0", "10").by("queue", "find", "server=todev"),
                reads(bean, "list", "todev", "0", "10").by("queue", "list", "server=todev"),
                reads(bean, "listText", "todev", "0", "10").by("queue", "list", "server=todev"),
                row(bean, "contents", Role.VIEWER, "REFUSED HB2323", "todev", "999999", "0", "0", "10")
                        .by("queue", "export", "server=todev", "--lsn", "999999", "--items", FOLDER),
                row(bean, "show", Role.VIEWER, "REFUSED HB2323", "todev", "999999")
                        .by("queue", "show", "server=todev", "--lsn", "999999"),
                row(bean, "logAllFiles", Role.ADMIN, "DONE|REFUSED HB2079").by("log", "all"),
                row(bean, "logDlFilesOnly", Role.ADMIN, "DONE|REFUSED HB2079").by("log", "dl"),
                row(bean, "startEnqueuing", Role.ADMIN, "REFUSED HB2079").by("log", "start"),
                row(bean, "stopEnqueuing", Role.ADMIN, WRONG, "x", "matrix")
                        .by("log", "stop", "--confirm", "x", "--reason", "matrix"),
                row(bean, "clear", Role.ADMIN, WRONG, "x", "matrix")
                        .by("log", "clear", "--confirm", "x", "--reason", "matrix"));
    }

    private static List<EveryOperation> others() {
        return List.of(
                row("LostAndFound", "contents", Role.VIEWER, "REFUSED HB2089", "none", "0", "0", "10")
                        .by("lost-and-found", "export", "none", "--items", FOLDER),
                row("LostAndFound", "discard", Role.ADMIN, WRONG, "none", "x", "matrix")
                        .by("lost-and-found", "discard", "none", "--confirm", "x", "--reason", "matrix"),
                reads("LostAndFound", "list", "", "10").by("lost-and-found", "list"),
                reads("LostAndFound", "listText", "", "10").by("lost-and-found", "list"),
                row("LostAndFound", "replay", Role.OPERATOR, "REFUSED HB2089", "none")
                        .by("lost-and-found", "replay", "none"),
                row("LostAndFound", "show", Role.VIEWER, "REFUSED HB2089", "none")
                        .by("lost-and-found", "show", "none"),
                row("LostAndFound", "tryReplay", Role.VIEWER, "REFUSED HB2089", "none")
                        .by("lost-and-found", "try", "none"),
                reads("Notices", "read", "", "0", "10").by("notices"),
                reads("Notices", "readText", "", "0", "10").by("notices"),
                row("Notices", "setAddress", Role.ADMIN, "REFUSED HB2105", "bob", "nowhere")
                        .by("address", "bob", "nowhere"),
                row("Notices", "take", Role.OPERATOR, VALUE, "!0", "10").by("watch", "--as", "!0", "--once"),
                reads("PermanentLog", "back", "", "10").by("permanent-log"),
                reads("PermanentLog", "from", "00:00", "10").by("permanent-log", "--from", "00:00"),
                reads("PermanentLog", "next", "", "10").by("permanent-log", "--after", ""),
                reads("PermanentLog", "placeOf", "00:00").by("permanent-log", "--search", "started", "--from", "00:00"),
                reads("PermanentLog", "search", "started", "", "10").by("permanent-log", "--search", "started"),
                reads("PermanentLog", "text", "", "10").by("permanent-log"),
                row("PermanentLog", "clear", Role.ADMIN, WRONG, "month", "x", "matrix")
                        .by("permanent-log", "clear", "month", "--confirm", "x", "--reason", "matrix"),
                row("Samples", "csv", Role.VIEWER, "REFUSED HB4150", "none", "", "0", "10")
                        .by("samples", "none"),
                row("Samples", "samples", Role.VIEWER, "REFUSED HB4150", "none", "", "0", "10")
                        .by("samples", "none"),
                row("Tasks", "cancel", Role.OPERATOR, "REFUSED HB2410", "none", "x")
                        .by("tasks", "cancel", "none", "--confirm", "x"),
                row("Tasks", "receipt", Role.VIEWER, "REFUSED HB2410", "none").by("tasks", "result", "none"),
                reads("Tasks", "list", "10").by("tasks", "list"),
                reads("Tasks", "listText", "10").by("tasks", "list"),
                row("Tasks", "show", Role.VIEWER, "REFUSED HB2410", "none").by("tasks", "show", "none"),
                reads("Audit", "list", "0", "10").by("audit"),
                reads("Audit", "listText", "0", "10").by("audit"),
                row("Audit", "verify", Role.VIEWER, "DONE").by("audit", "--verify"),
                row("Audit", "verifySince", Role.VIEWER, "REFUSED HB4005", "1", "none")
                        .by("audit", "--verify", "--since", "1:none"));
    }

    private static List<EveryOperation> verification() {
        String bean = VERIFICATION;
        return List.of(
                reads(bean, "differences", "", "", "10").by("verify", "differences"),
                reads(bean, "differencesText", "", "", "10").by("verify", "differences"),
                reads(bean, "files", "", "10").by("verify", "status"),
                reads(bean, "filesText", "", "10").by("verify", "status"),
                reads(bean, "status").by("verify", "status"),
                row(bean, "start", Role.OPERATOR, "REFUSED HB2002", "0", "1").by("verify", "start", "share=0"),
                row(bean, "stop", Role.OPERATOR, "REFUSED HB2132").by("verify", "stop"),
                row(bean, "repair", Role.OPERATOR, WRONG, "x", "matrix")
                        .by("repair", "--confirm", "x", "--reason", "matrix"),
                row(bean, "resync", Role.ADMIN, WRONG, "50", "x", "matrix")
                        .by("resync", "--confirm", "x", "--reason", "matrix"));
    }

    private static List<EveryOperation> security() {
        String bean = "Security";
        return List.of(
                row(bean, "users", Role.ADMIN, VALUE, "", "10").by("user", "list"),
                row(bean, "usersText", Role.ADMIN, VALUE, "", "10").by("user", "list"),
                reads(bean, "certificates"),
                reads(bean, "certificatesText"),
                row(bean, "createUser", Role.ADMIN, "REFUSED HB4011", "viewer", "viewer")
                        .by("user", "create", "viewer", "--roles", "viewer"),
                row(bean, "setRoles", Role.ADMIN, "REFUSED HB4012", "nobody", "viewer")
                        .by("user", "roles", "nobody", "--set", "viewer"),
                row(bean, "newPassword", Role.ADMIN, WRONG, "nobody", "x")
                        .by("user", "password", "nobody", "--confirm", "x"),
                row(bean, "changeMyPassword", Role.VIEWER, "REFUSED HB4018", PASSWORD, "short")
                        .by("user", "my-password", "--new-password-file", PASSWORD_FILE),
                row(bean, "deleteUser", Role.ADMIN, WRONG, "nobody", "x", "matrix")
                        .by("user", "delete", "nobody", "--confirm", "x", "--reason", "matrix"));
    }

    @Override
    public String toString() {
        return bean + " " + operation;
    }
}
