package org.hotbackup.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
 * @param command the words of our command for it, empty if there is none; of a twin, those of what it is the twin of
 * @param menu the steps to it from the main menu of its server, as {@link InMenu} takes them, empty if there are none
 */
record EveryOperation(
        boolean onSlave,
        String bean,
        String operation,
        Role role,
        String outcome,
        List<String> arguments,
        List<String> command,
        List<String> menu) {

    /** What answers only. */
    static final String VALUE = "VALUE";

    /** Among arguments and words: the LSN of what waits for {@link #IDLE}, and the id of what is in the slave's lost+found. */
    static final String LSN = "{lsn}";

    static final String LOST = "{lost}";

    /** The same: the password of who calls, what is not there yet and another one each time, and a file with a new password. */
    static final String PASSWORD = "{password}";

    static final String PASSWORD_FILE = "{password file}";
    static final String NEW_FILE = "{new file}";

    private static final String WRONG = "REFUSED HB2036";
    private static final String SERVER = "Server,name=todev";
    private static final String VERIFICATION = "Verification,name=todev";
    private static final String SLAVE = "Server,name=fromprod";

    /** A master server beside that one, which was never started: its queue holds an update. */
    static final String IDLE = "idle";

    private static final String[] LIST_LOG = {"Special operations", "List permanent log"};
    private static final String[] VERIFY = {"More", "Verify and repair"};
    private static final String[] ALL_TAPES = {"All servers"};
    private static final String[] USERS = {"More", "Node", "Users"};

    /** A tape device of the master's node whose path is that of a folder. */
    static final String UNUSABLE = "tape0";

    private static final String[] DEVICE = {"More", "Tape devices", "*"};
    private static final String[] TO_DEVICE = and(DEVICE, "Save");
    private static final String[] FROM_DEVICE = and(DEVICE, "Restore");

    private static String[] and(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** A tape-socket server of the master's node, and the command for such servers. */
    static final String TAPE = "ssave";

    static final String TAPE_SOCKET = "tape-socket";

    private static EveryOperation reads(String bean, String operation, String... arguments) {
        return row(bean, operation, Role.VIEWER, VALUE, arguments);
    }

    private static EveryOperation row(String bean, String operation, Role role, String outcome, String... arguments) {
        boolean onSlave = bean.equals(SLAVE) || bean.equals("LostAndFound");
        return new EveryOperation(onSlave, bean, operation, role, outcome, List.of(arguments), List.of(), List.of());
    }

    private EveryOperation by(String... words) {
        return new EveryOperation(onSlave, bean, operation, role, outcome, arguments, List.of(words), menu);
    }

    private EveryOperation inMenu(String... steps) {
        return new EveryOperation(onSlave, bean, operation, role, outcome, arguments, command, List.of(steps));
    }

    /** All of them. */
    static List<EveryOperation> all() {
        List<EveryOperation> all = new ArrayList<>();
        all.addAll(node());
        all.addAll(server());
        all.addAll(slaveServer());
        all.addAll(queue());
        all.addAll(lostAndFound());
        all.addAll(others());
        all.addAll(verification());
        all.addAll(resync());
        all.addAll(security());
        all.addAll(tape());
        all.addAll(tapeSocket());
        all.addAll(tapeServer());
        return all;
    }

    private static List<EveryOperation> node() {
        String bean = "Node";
        return List.of(
                reads(bean, "digest", "dm,users")
                        .by("digest", "dm,users")
                        .inMenu("More", "Node", "Files", "dm", "dm,users"),
                reads(bean, "diagnose").by("diagnose").inMenu("More", "Diagnose"),
                reads(bean, "diagnoseText").by("diagnose").inMenu("More", "Diagnose"),
                row(bean, "support", Role.ADMIN, VALUE).by("diagnose", "--bundle", NEW_FILE),
                row(bean, "supportText", Role.ADMIN, VALUE).by("diagnose", "--bundle", NEW_FILE),
                reads(bean, "listFiles", "dm", "", "10").inMenu("More", "Node", "Files", "dm", "@Files of account dm"),
                reads(bean, "jobs", "10").by("list-jobs").inMenu("More", "Node", "Jobs"),
                reads(bean, "listJobs", "10").by("list-jobs").inMenu("More", "Node", "Jobs"),
                row(bean, "setup", Role.ADMIN, "REFUSED HB2001", "no1", "type=master host=127.0.0.1 port=2000")
                        .by("setup", "server=no1", "type=master", "host=127.0.0.1", "port=2000")
                        .inMenu(
                                "Special operations",
                                "Setup Server",
                                "New Server",
                                "={no1|never}",
                                "=master",
                                "=127.0.0.1",
                                "=2000",
                                "=...",
                                "=y"),
                row(bean, "deleteServer", Role.ADMIN, WRONG, "todev", "x", "matrix")
                        .by("delete", "server=todev", "--confirm", "x", "--reason", "matrix")
                        .inMenu("Special operations", "Delete server", "={x|todev}", "=matrix"),
                row(bean, "deleteRecord", Role.ADMIN, "REFUSED HB2012", "todev", "todev", "matrix")
                        .by("delete", "hb.log", "todev", "--confirm", "todev", "--reason", "matrix")
                        .inMenu("Special operations", "Setup Server", "Delete record in hb.log", "=todev", "=matrix"),
                row(bean, "closeForUpdates", Role.ADMIN, WRONG, "x", "matrix")
                        .by("updates", "close", "--confirm", "x", "--reason", "matrix")
                        .inMenu("More", "Users' updates", "Close", "={x|prod}", "=matrix"),
                row(bean, "openForUpdates", Role.ADMIN, WRONG, "x", "matrix")
                        .by("updates", "open", "--confirm", "x", "--reason", "matrix")
                        .inMenu("More", "Users' updates", "Open", "={x|prod}", "=matrix"));
    }

    private static List<EveryOperation> server() {
        String bean = SERVER;
        return List.of(
                reads(bean, "query").by("query", "server=todev").inMenu("Query Server"),
                reads(bean, "show").by("show", "server=todev").inMenu("Show Server", "@Show Server"),
                reads(bean, "statistics").by("statistics", "server=todev").inMenu("Show statistics"),
                reads(bean, "transactionStatistics")
                        .by("statistics", "server=todev")
                        .inMenu("Show statistics"),
                reads(bean, "status", "5").by("status", "server=todev").inMenu("Status"),
                reads(bean, "messages", "5").by("status", "server=todev").inMenu("Status"),
                reads(bean, "traces", "5").by("traces", "server=todev").inMenu("More", "Node", "Traces"),
                row(bean, "start", Role.OPERATOR, "REFUSED HB2012")
                        .by("start", "server=todev")
                        .inMenu("Start Server"),
                row(bean, "startWithTraces", Role.OPERATOR, "REFUSED HB2012")
                        .by("start", "server=todev", "-v")
                        .inMenu("-v", "Start Server"),
                row("Server,name=" + IDLE, "stop", Role.OPERATOR, "REFUSED HB2018", IDLE)
                        .by("stop", "server=" + IDLE)
                        .inMenu("Stop Server", "=y"),
                row(bean, "tracesOn", Role.OPERATOR, "DONE")
                        .by("traces", "on", "server=todev")
                        .inMenu("Special operations", "Turn traces ON"),
                row(bean, "tracesOff", Role.OPERATOR, "DONE")
                        .by("traces", "off", "server=todev")
                        .inMenu("Special operations", "Turn traces OFF"),
                row(bean, "rejoin", Role.ADMIN, "REFUSED HB2213", "true", "2001", "x", "matrix")
                        .by("rejoin", "server=todev", "keep=yes", "port=2001", "--confirm", "x", "--reason", "matrix")
                        .inMenu("More", "Rejoin", "Rejoin", "=yes", "=2001", "=todev", "=matrix"),
                row(bean, "rejoinEntries", Role.VIEWER, "REFUSED HB2213", "0", "10")
                        .by("rejoin", "server=todev", "--list")
                        .inMenu("More", "Rejoin", "List"),
                row(bean, "rejoinList", Role.VIEWER, "REFUSED HB2213", "0", "10")
                        .by("rejoin", "server=todev", "--list")
                        .inMenu("More", "Rejoin", "List"));
    }

    private static List<EveryOperation> slaveServer() {
        String bean = SLAVE;
        return List.of(
                reads(bean, "head").by("head", "server=fromprod").inMenu("More", "Slave server", "Blocked transaction"),
                reads(bean, "openedFiles", "", "10")
                        .by("opened-files", "server=fromprod")
                        .inMenu("More", "Slave server", "Opened files"),
                row(bean, "closeFiles", Role.OPERATOR, "DONE")
                        .by("close-files", "server=fromprod")
                        .inMenu("Special operations", "Close opened files"),
                row(bean, "stopApplying", Role.OPERATOR, "DONE")
                        .by("stop-applying", "server=fromprod")
                        .inMenu("Special operations", "Stop applying updates"),
                row(bean, "startApplying", Role.OPERATOR, "DONE")
                        .by("start-applying", "server=fromprod")
                        .inMenu("Special operations", "(Re)start applying updates"),
                row(bean, "setAside", Role.ADMIN, WRONG, "1", "x", "matrix")
                        .by(
                                "set-aside",
                                "server=fromprod",
                                "--transaction",
                                "1",
                                "--confirm",
                                "x",
                                "--reason",
                                "matrix")
                        .inMenu("More", "Slave server", "Set aside", "=1", "={x|fromprod}", "=matrix"),
                row(bean, "promote", Role.ADMIN, WRONG, "", "x", "matrix")
                        .by("promote", "server=fromprod", "--confirm", "x", "--reason", "matrix")
                        .inMenu("More", "Promote", "=", "={x|fromprod}", "=matrix"));
    }

    private static List<EveryOperation> queue() {
        String bean = "TransactionLogQueue";
        return List.of(
                reads(bean, "display", "todev").by("queue", "server=todev").inMenu("Display Queue"),
                reads(bean, "find", IDLE, "", "", "", "0", "0", "10")
                        .by("queue", "find", "server=" + IDLE)
                        .inMenu(
                                "server " + IDLE,
                                "Transaction log menu",
                                "Find entries",
                                "=",
                                "=",
                                "=",
                                "=",
                                "=",
                                "@Find entries"),
                reads(bean, "findText", IDLE, "", "", "", "0", "0", "10")
                        .by("queue", "find", "server=" + IDLE)
                        .inMenu(
                                "server " + IDLE,
                                "Transaction log menu",
                                "Find entries",
                                "=",
                                "=",
                                "=",
                                "=",
                                "=",
                                "@Find entries"),
                reads(bean, "list", "todev", "0", "10")
                        .by("queue", "list", "server=todev")
                        .inMenu("Transaction log menu", "Queue entries"),
                reads(bean, "listText", "todev", "0", "10")
                        .by("queue", "list", "server=todev")
                        .inMenu("Transaction log menu", "Queue entries"),
                reads(bean, "contents", IDLE, LSN, "0", "0", "10")
                        .by("queue", "export", "server=" + IDLE, "--lsn", LSN, "--items", NEW_FILE)
                        .inMenu("server " + IDLE, "Transaction log menu", "Queue entries", "*", "Contents"),
                reads(bean, "show", IDLE, LSN)
                        .by("queue", "show", "server=" + IDLE, "--lsn", LSN)
                        .inMenu("server " + IDLE, "Transaction log menu", "Queue entries", "*", "Show"),
                row(bean, "logAllFiles", Role.ADMIN, "DONE|REFUSED HB2079")
                        .by("log", "all")
                        .inMenu("Transaction log menu", "Log ALL files", "=y"),
                row(bean, "logDlFilesOnly", Role.ADMIN, "DONE|REFUSED HB2079")
                        .by("log", "dl")
                        .inMenu("Transaction log menu", "Log DL files only", "=y"),
                row(bean, "startEnqueuing", Role.ADMIN, "REFUSED HB2079")
                        .by("log", "start")
                        .inMenu("Transaction log menu", "Start enqueueing"),
                row(bean, "stopEnqueuing", Role.ADMIN, WRONG, "x", "matrix")
                        .by("log", "stop", "--confirm", "x", "--reason", "matrix")
                        .inMenu("Transaction log menu", "Stop enqueuing", "={x|prod}", "=matrix"),
                row(bean, "clear", Role.ADMIN, WRONG, "x", "matrix")
                        .by("log", "clear", "--confirm", "x", "--reason", "matrix")
                        .inMenu("Transaction log menu", "Clear log queue", "={x|prod}", "=matrix"),
                row(bean, "startLog", Role.ADMIN, "REFUSED HB2002", "no/name")
                        .by("startlog", "no/name")
                        .inMenu("Transaction log menu", "Log on tapes here", "Start log", "=no/name"),
                row(bean, "stopLog", Role.ADMIN, WRONG, "x", "matrix")
                        .by("stoplog", "--confirm", "x", "--reason", "matrix")
                        .inMenu("Transaction log menu", "Log on tapes here", "Stop log", "={x|prod}", "=matrix"),
                row(bean, "restore", Role.ADMIN, WRONG, "/none", "", "", "", "x", "matrix")
                        .by("tlog-restore", "/none", "--confirm", "x", "--reason", "matrix")
                        .inMenu(
                                "Transaction log menu",
                                "Restore log from tape",
                                "=/none",
                                "=",
                                "=",
                                "=",
                                "={x|prod}",
                                "=matrix"));
    }

    private static List<EveryOperation> lostAndFound() {
        String bean = "LostAndFound";
        return List.of(
                reads(bean, "list", "", "10").by("lost-and-found", "list").inMenu("More", "Lost+found", "@Lost+found"),
                reads(bean, "listText", "", "10")
                        .by("lost-and-found", "list")
                        .inMenu("More", "Lost+found", "@Lost+found"),
                reads(bean, "show", LOST).by("lost-and-found", "show", LOST).inMenu("More", "Lost+found", "*", "Show"),
                reads(bean, "record", LOST)
                        .by("lost-and-found", "show", LOST)
                        .inMenu("More", "Lost+found", "*", "Show"),
                reads(bean, "contents", LOST, "0", "0", "10")
                        .by("lost-and-found", "export", LOST, "--items", NEW_FILE)
                        .inMenu("More", "Lost+found", "*", "Contents"),
                reads(bean, "tryReplay", LOST)
                        .by("lost-and-found", "try", LOST)
                        .inMenu("More", "Lost+found", "*", "Try"),
                reads(bean, "replayChanges", LOST)
                        .by("lost-and-found", "try", LOST)
                        .inMenu("More", "Lost+found", "*", "Try"),
                row(bean, "replay", Role.OPERATOR, "REFUSED HB2092", LOST)
                        .by("lost-and-found", "replay", LOST)
                        .inMenu("More", "Lost+found", "*", "Replay", "=y"),
                row(bean, "discard", Role.ADMIN, WRONG, LOST, "x", "matrix")
                        .by("lost-and-found", "discard", LOST, "--confirm", "x", "--reason", "matrix")
                        .inMenu("More", "Lost+found", "*", "Discard", "={x|" + LOST + "}", "=matrix"));
    }

    private static List<EveryOperation> others() {
        String task = "verification:todev";
        return List.of(
                reads("Notices", "read", "", "0", "10").by("notices").inMenu("More", "Node", "Notices", "List"),
                reads("Notices", "readText", "", "0", "10").by("notices").inMenu("More", "Node", "Notices", "List"),
                row("Notices", "setAddress", Role.ADMIN, "REFUSED HB2105", "bob", "nowhere")
                        .by("address", "bob", "nowhere")
                        .inMenu("More", "Node", "Notices", "Set address", "=bob", "=nowhere"),
                row("Notices", "take", Role.OPERATOR, VALUE, "!0", "10")
                        .by("watch", "--as", "!0", "--once")
                        .inMenu("More", "Node", "Notices", "Take", "=!0"),
                row("Notices", "takeText", Role.OPERATOR, VALUE, "!0", "10")
                        .by("watch", "--as", "!0", "--once")
                        .inMenu("More", "Node", "Notices", "Take", "=!0"),
                reads("PermanentLog", "back", "", "10").by("permanent-log").inMenu(LIST_LOG),
                reads("PermanentLog", "backText", "", "10").by("permanent-log").inMenu(LIST_LOG),
                reads("PermanentLog", "count", "month").by("permanent-log", "count", "month"),
                reads("PermanentLog", "from", "00:00", "10")
                        .by("permanent-log", "--from", "00:00")
                        .inMenu(and(LIST_LOG, ":00:00")),
                reads("PermanentLog", "next", "", "10")
                        .by("permanent-log", "--after", "")
                        .inMenu(and(LIST_LOG, "!  ")),
                reads("PermanentLog", "nextText", "", "10")
                        .by("permanent-log", "--after", "")
                        .inMenu(and(LIST_LOG, "!  ")),
                reads("PermanentLog", "placeOf", "00:00")
                        .by("permanent-log", "--search", "started", "--from", "00:00")
                        .inMenu(and(LIST_LOG, ":00:00 started")),
                reads("PermanentLog", "search", "started", "", "10")
                        .by("permanent-log", "--search", "started")
                        .inMenu(and(LIST_LOG, ":started")),
                reads("PermanentLog", "searchText", "started", "", "10")
                        .by("permanent-log", "--search", "started")
                        .inMenu(and(LIST_LOG, ":started")),
                reads("PermanentLog", "text", "", "10").by("permanent-log").inMenu(LIST_LOG),
                row("PermanentLog", "clear", Role.ADMIN, WRONG, "month", "x", "matrix")
                        .by("permanent-log", "clear", "month", "--confirm", "x", "--reason", "matrix")
                        .inMenu(
                                "Special operations",
                                "Clear permanent log",
                                "Entries older than one month",
                                "={x|log}",
                                "=matrix"),
                reads("Samples", "csv", "queue-depth", "", "0", "10").by("samples", "queue-depth"),
                reads("Samples", "samples", "queue-depth", "", "0", "10")
                        .by("samples", "queue-depth")
                        .inMenu("More", "Node", "Figures", "Of this node", "queue-depth"),
                row("Tasks", "cancel", Role.OPERATOR, "REFUSED HB2132", task, task)
                        .by("tasks", "cancel", task, "--confirm", task)
                        .inMenu("More", "Tasks", "One task", "*", "Cancel", "=" + task),
                row("Tasks", "receipt", Role.VIEWER, "REFUSED HB2410", "none").by("tasks", "result", "none"),
                reads("Tasks", "list", "10").by("tasks", "list").inMenu("More", "Tasks", "List"),
                reads("Tasks", "listText", "10").by("tasks", "list").inMenu("More", "Tasks", "List"),
                reads("Tasks", "show", task).by("tasks", "show", task).inMenu("More", "Tasks", "One task", "*", "Show"),
                reads("Audit", "list", "0", "10").by("audit").inMenu("More", "Node", "Audit", "List"),
                reads("Audit", "listText", "0", "10").by("audit").inMenu("More", "Node", "Audit", "List"),
                row("Audit", "verify", Role.VIEWER, "DONE")
                        .by("audit", "--verify")
                        .inMenu("More", "Node", "Audit", "Verify"),
                row("Audit", "verifySince", Role.VIEWER, "REFUSED HB4005", "1", "none")
                        .by("audit", "--verify", "--since", "1:none")
                        .inMenu("More", "Node", "Audit", "Verify since", "=1", "=none"));
    }

    private static List<EveryOperation> verification() {
        String bean = VERIFICATION;
        String server = "server=todev";
        return List.of(
                reads(bean, "differences", "", "", "10")
                        .by("verify", "differences", server)
                        .inMenu(and(VERIFY, "Differences")),
                reads(bean, "differencesText", "", "", "10")
                        .by("verify", "differences", server)
                        .inMenu(and(VERIFY, "Differences")),
                reads(bean, "files", "", "10").by("verify", "status", server).inMenu(and(VERIFY, "Files")),
                reads(bean, "filesText", "", "10")
                        .by("verify", "status", server)
                        .inMenu(and(VERIFY, "Files")),
                reads(bean, "status").by("verify", "status", server).inMenu(and(VERIFY, "Status")),
                row(bean, "start", Role.OPERATOR, "REFUSED HB2002", "0", "1")
                        .by("verify", "start", server, "share=0")
                        .inMenu(and(VERIFY, "Start comparing", "={0|10}", "=1")),
                row(bean, "stop", Role.OPERATOR, "REFUSED HB2132")
                        .by("verify", "stop", server)
                        .inMenu(and(VERIFY, "Stop comparing")),
                row(bean, "repair", Role.OPERATOR, WRONG, "x", "matrix")
                        .by("repair", server, "--confirm", "x", "--reason", "matrix")
                        .inMenu(and(VERIFY, "Repair", "={x|todev}", "=matrix")),
                row(bean, "resync", Role.ADMIN, WRONG, "50", "x", "matrix")
                        .by("resync", server, "--confirm", "x", "--reason", "matrix")
                        .inMenu(and(VERIFY, "Resync", "=50", "={x|todev}", "=matrix")),
                row(bean, "prove", Role.ADMIN, WRONG, "matrix", "50", "x", "matrix")
                        .by("resync", server, "--account", "matrix", "--confirm", "x", "--reason", "matrix"));
    }

    /** Of a node on which no image is being made anew. */
    private static List<EveryOperation> resync() {
        String bean = "Resync";
        String none = "REFUSED HB5293";
        return List.of(
                row(bean, "hold", Role.ADMIN, "DONE", "matrix", "matrix"),
                row(bean, "holds", Role.ADMIN, VALUE, "none"),
                row(bean, "release", Role.ADMIN, "DONE", "matrix"),
                row(bean, "begin", Role.ADMIN, WRONG, "fromprod", "matrix", "0", "false", "", "x", "matrix"),
                row(bean, "beginAnew", Role.ADMIN, WRONG, "todev", "", "x", "matrix"),
                row(bean, "send", Role.ADMIN, "REFUSED HB1010", "none", ""),
                row(bean, "receive", Role.ADMIN, none, "none", ""),
                row(bean, "remove", Role.ADMIN, none, "none", "", "none", "matrix"),
                row(bean, "end", Role.ADMIN, none, "0", ""),
                row(bean, "proved", Role.ADMIN, "REFUSED HB2005", "none", "", ""),
                row(bean, "abandon", Role.ADMIN, none, "none", "matrix")
                        .by("resync", "--abandon", "--confirm", "none", "--reason", "matrix"));
    }

    /** Whether it is in the menu of tape-socket, not in that of hot-backup. */
    boolean isOfTapeSocket() {
        return bean.startsWith("TapeS");
    }

    /** Of a device on which there can be no tape, so that nobody has it when the next one asks. */
    private static List<EveryOperation> tape() {
        String bean = "Tape";
        String device = UNUSABLE;
        String unusable = "REFUSED HB5050";
        String detached = "REFUSED HB5046";
        return List.of(
                reads(bean, "devices").by("t-status").inMenu("More", "Tape devices", "@Tape devices"),
                reads(bean, "devicesText").by("t-status").inMenu("More", "Tape devices", "@Tape devices"),
                reads(bean, "done", device).by("t-report", "--device", device).inMenu(and(DEVICE, "Status")),
                reads(bean, "report", device).by("t-report", "--device", device).inMenu(and(DEVICE, "Status")),
                row(bean, "readLabel", Role.VIEWER, detached, device)
                        .by("t-rdlbl", "--device", device)
                        .inMenu(and(DEVICE, "Read label")),
                row(bean, "readBlocks", Role.VIEWER, detached, device, "1")
                        .by("t-read", "--device", device)
                        .inMenu(and(DEVICE, "Read blocks", "=1")),
                row(bean, "attach", Role.OPERATOR, unusable, device, "0")
                        .by("t-att", "--device", device)
                        .inMenu(and(DEVICE, "Attach", "=0")),
                row(bean, "detach", Role.OPERATOR, detached, device, "")
                        .by("t-det", "--device", device)
                        .inMenu(and(DEVICE, "Detach", "=")),
                row(bean, "unload", Role.OPERATOR, detached, device, "")
                        .by("t-unld", "--device", device)
                        .inMenu(and(DEVICE, "Unload", "=")),
                row(bean, "endOfData", Role.OPERATOR, detached, device)
                        .by("t-eod", "--device", device)
                        .inMenu(and(DEVICE, "Move", "End of data")),
                row(bean, "rewind", Role.OPERATOR, detached, device)
                        .by("t-rew", "--device", device)
                        .inMenu(and(DEVICE, "Move", "Rewind")),
                row(bean, "forward", Role.OPERATOR, detached, device, "0")
                        .by("t-fwd", "--device", device)
                        .inMenu(and(DEVICE, "Move", "Forward", "=0")),
                row(bean, "back", Role.OPERATOR, detached, device, "0")
                        .by("t-bck", "--device", device)
                        .inMenu(and(DEVICE, "Move", "Back", "=0")),
                row(bean, "writeFilemark", Role.OPERATOR, detached, device, "")
                        .by("t-weof", "--device", device)
                        .inMenu(and(DEVICE, "Move", "Write filemark", "=")),
                row(bean, "check", Role.OPERATOR, unusable, device)
                        .by("t-chk", "--device", device)
                        .inMenu(and(FROM_DEVICE, "Check")),
                row(bean, "dump", Role.OPERATOR, unusable, device, "dm,errors", "", "", "", "")
                        .by("t-dump", "dm,errors", "--device", device)
                        .inMenu(and(TO_DEVICE, "Dump", "=dm,errors", "=", "=yes", "=", "=")),
                row(bean, "load", Role.OPERATOR, unusable, device, "matrix,orders", "", "", "")
                        .by("t-load", "matrix,orders", "--device", device)
                        .inMenu(and(FROM_DEVICE, "Load", "=matrix,orders", "=", "=no", "=yes")),
                row(bean, "accountSave", Role.OPERATOR, unusable, device, "matrix", "", "", "")
                        .by("account-save", "matrix", "--device", device)
                        .inMenu(and(TO_DEVICE, "Account-save", "=matrix", "=", "=")),
                row(bean, "accountRestore", Role.OPERATOR, unusable, device, "none", "", "")
                        .by("account-restore", "none", "--device", device)
                        .inMenu(and(FROM_DEVICE, "Account-restore", "=none", "=", "=yes")),
                row(bean, "save", Role.OPERATOR, unusable, device, "", "", "")
                        .by("save", "--device", device)
                        .inMenu(and(TO_DEVICE, "Save", "=", "=")),
                row(bean, "restoreAccounts", Role.OPERATOR, unusable, device, "")
                        .by("restore-accounts", "--device", device)
                        .inMenu(and(FROM_DEVICE, "Restore-accounts", "=yes")),
                row(bean, "restore", Role.ADMIN, WRONG, device, "", "x", "matrix")
                        .by("restore", "--device", device, "--confirm", "x", "--reason", "matrix")
                        .inMenu(and(FROM_DEVICE, "Restore", "=yes", "=no", "={x|prod}", "=matrix")),
                row(bean, "selRestore", Role.OPERATOR, unusable, device, "matrix,orders", "", "", "", "")
                        .by("sel-restore", "matrix,orders", "--device", device)
                        .inMenu(and(FROM_DEVICE, "Sel-restore", "=matrix,orders", "=", "=", "=yes", "=no", "=yes")));
    }

    private static List<EveryOperation> tapeSocket() {
        String bean = "TapeSocket";
        return List.of(
                row(bean, "setup", Role.ADMIN, "REFUSED HB2001", "no1", "direction=input")
                        .by(TAPE_SOCKET, "setup", "server=no1", "direction=input")
                        .inMenu(
                                "Special operations",
                                "Setup Server",
                                "New Server",
                                "={no1|never}",
                                "=input",
                                "=2000",
                                "=off",
                                "=never",
                                "=...",
                                "=y"),
                row(bean, "deleteServer", Role.ADMIN, WRONG, TAPE, "x", "matrix")
                        .by(TAPE_SOCKET, "delete", "server=" + TAPE, "--confirm", "x", "--reason", "matrix")
                        .inMenu("Special operations", "Delete server", "={x|" + TAPE + "}", "=matrix"),
                row(bean, "startAll", Role.OPERATOR, "REFUSED HB5139", "cs")
                        .by(TAPE_SOCKET, "startall", "-c", "-s")
                        .inMenu(and(ALL_TAPES, "Start all")),
                row(bean, "stopAll", Role.OPERATOR, "DONE", "all")
                        .by(TAPE_SOCKET, "stopall", "--confirm", "all")
                        .inMenu(and(ALL_TAPES, "Stop all", "=y")),
                reads(bean, "listServers", "false")
                        .by(TAPE_SOCKET, "listserver")
                        .inMenu(and(ALL_TAPES, "Servers")),
                reads(bean, "listPipes").by(TAPE_SOCKET, "listpipes").inMenu(and(ALL_TAPES, "Pipes")),
                reads(bean, "pipes").by(TAPE_SOCKET, "listpipes").inMenu(and(ALL_TAPES, "Pipes")),
                reads(bean, "tlTest").by(TAPE_SOCKET, "tltest").inMenu(and(ALL_TAPES, "Transaction logging")),
                reads(bean, "log", "10").by(TAPE_SOCKET, "log").inMenu(and(ALL_TAPES, "List permanent log")),
                reads(bean, "messages", "10").by(TAPE_SOCKET, "log").inMenu(and(ALL_TAPES, "List permanent log")));
    }

    /** Of a server that has no pipe, so that it cannot be started. */
    private static List<EveryOperation> tapeServer() {
        String bean = "TapeServer,name=" + TAPE;
        String server = "server=" + TAPE;
        return List.of(
                row(bean, "start", Role.OPERATOR, "REFUSED HB2011", "")
                        .by(TAPE_SOCKET, "start", server)
                        .inMenu("Start Server"),
                row(bean, "startSend", Role.OPERATOR, "REFUSED HB2011", "v").by(TAPE_SOCKET, "startsend", server, "-v"),
                row(bean, "startReceive", Role.OPERATOR, "REFUSED HB5135", "c")
                        .by(TAPE_SOCKET, "startreceive", server, "-c"),
                row(bean, "stop", Role.OPERATOR, "REFUSED HB2018", TAPE)
                        .by(TAPE_SOCKET, "stop", server, "--confirm", TAPE)
                        .inMenu("Stop Server", "=y"),
                row(bean, "shutdown", Role.OPERATOR, "REFUSED HB2018", TAPE)
                        .by(TAPE_SOCKET, "shutdown", server, "--confirm", TAPE)
                        .inMenu("Shutdown", "=y"),
                row(bean, "drain", Role.OPERATOR, "REFUSED HB5120", TAPE, "matrix")
                        .by(TAPE_SOCKET, "drain", server, "--confirm", TAPE, "--reason", "matrix")
                        .inMenu("Special operations", "Drain pipe", "=" + TAPE, "=matrix"),
                row(bean, "check", Role.VIEWER, "REFUSED HB5143")
                        .by(TAPE_SOCKET, "check", server)
                        .inMenu("Check remote server"),
                row(bean, "query", Role.VIEWER, "REFUSED HB2018")
                        .by(TAPE_SOCKET, "query", server)
                        .inMenu("Query Server"),
                reads(bean, "show").by(TAPE_SOCKET, "show", server).inMenu("Show Server", "@Show Server"),
                reads(bean, "status", "5").by(TAPE_SOCKET, "status", server).inMenu("Status"),
                reads(bean, "messages", "5").by(TAPE_SOCKET, "status", server).inMenu("Status"),
                row(bean, "setArgument", Role.ADMIN, "REFUSED HB2002", "port", "1")
                        .by(TAPE_SOCKET, "setarg", server, "port=1")
                        .inMenu("Special operations", "Setup Server", "Change one argument", "=port", "=1"),
                row(bean, "tracesOn", Role.OPERATOR, "REFUSED HB2018")
                        .by(TAPE_SOCKET, "traceon", server)
                        .inMenu("Special operations", "Turn traces ON"),
                row(bean, "tracesOff", Role.OPERATOR, "REFUSED HB2018")
                        .by(TAPE_SOCKET, "traceoff", server)
                        .inMenu("Special operations", "Turn traces OFF"),
                reads(bean, "traces", "5").by(TAPE_SOCKET, "traces", server).inMenu("Special operations", "Traces"));
    }

    private static List<EveryOperation> security() {
        String bean = "Security";
        String user = "viewer  viewer";
        return List.of(
                row(bean, "users", Role.ADMIN, VALUE, "", "10")
                        .by("user", "list")
                        .inMenu(and(USERS, "List", "@List of users")),
                row(bean, "usersText", Role.ADMIN, VALUE, "", "10")
                        .by("user", "list")
                        .inMenu(and(USERS, "List", "@List of users")),
                reads(bean, "certificates").inMenu("More", "Node", "Show"),
                reads(bean, "certificatesText").inMenu("More", "Node", "Show"),
                row(bean, "createUser", Role.ADMIN, "REFUSED HB4011", "viewer", "viewer")
                        .by("user", "create", "viewer", "--roles", "viewer")
                        .inMenu(and(USERS, "New user", "=viewer", "=viewer")),
                row(bean, "setRoles", Role.ADMIN, "REFUSED HB4014", "viewer", "everything")
                        .by("user", "roles", "viewer", "--set", "everything")
                        .inMenu(and(USERS, "List", user, "Roles", "=everything")),
                row(bean, "newPassword", Role.ADMIN, WRONG, "viewer", "x")
                        .by("user", "password", "viewer", "--confirm", "x")
                        .inMenu(and(USERS, "List", user, "New password", "=x")),
                row(bean, "changeMyPassword", Role.VIEWER, "REFUSED HB4018", PASSWORD, "short")
                        .by("user", "my-password", "--new-password-file", PASSWORD_FILE)
                        .inMenu(and(USERS, "My password", "=" + PASSWORD, "=short", "=short")),
                row(bean, "deleteUser", Role.ADMIN, WRONG, "viewer", "x", "matrix")
                        .by("user", "delete", "viewer", "--confirm", "x", "--reason", "matrix")
                        .inMenu(and(USERS, "List", user, "Delete", "=x", "=matrix")));
    }

    @Override
    public String toString() {
        return bean + " " + operation;
    }
}
