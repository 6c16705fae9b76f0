package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;

/** The servers that a menu is for, and what it offers for them: hot-backup and tape-socket have a menu each. */
public abstract class ServerKind {

    ServerKind() {}

    /**
     * The servers of hot-backup.
     *
     * @param verbose whether they are started with traces (HB-006)
     */
    public static ServerKind hotBackup(boolean verbose) {
        return new ReplicationServers(verbose);
    }

    /**
     * The servers of tape-socket (TS-003).
     *
     * @param options the letters of the options that the menu was opened with, any of c, q, r, s and v (TS-006)
     */
    public static ServerKind tapeSocket(String options) {
        return new TapeServers(options);
    }

    /** The command that opens the menu: its header. */
    abstract String command();

    /** The names of all of them. */
    abstract List<String> names(ControlDirectory controls);

    /** What a server is and what it does, for titles. */
    abstract String state(ControlDirectory controls, String server);

    /** The same in a line of its own, with what waits or moves. */
    abstract String standing(ControlDirectory controls, String server);

    /** The menu of the current server. */
    abstract Menu mainMenu();

    /** The fields of the setup behind the server's name, given what they hold now, by their keys. */
    abstract List<Field> setupFields(Map<String, String> present);

    /**
     * The setup of a server, by the keys of its settings.
     *
     * @throws org.hotbackup.control.messages.Refusal if it runs, and cannot be changed now
     */
    abstract Map<String, String> present(ControlDirectory controls, String server);

    /** Sets a server up. */
    abstract OperationReceipt setup(ControlDirectory controls, String server, String settings);
}
