package org.hotbackup.management;

/** The ids of what runs long: made of what it is, so that they hold over a restart of the node. */
final class TaskIds {

    private TaskIds() {}

    /** The comparison of a master server with its slave. */
    static String verification(String server) {
        return "verification:" + server;
    }

    /** The promotion of a slave server. */
    static String promotion(String server) {
        return "promotion:" + server;
    }

    /** A server that is still ending its last transaction. */
    static String stop(String server) {
        return "stop:" + server;
    }

    /** A slave server that is asked to put a blocked transaction into lost+found. */
    static String setAside(String server) {
        return "set-aside:" + server;
    }

    /** A slave server whose database does not rest yet after it stopped applying. */
    static String rest(String server) {
        return "rest:" + server;
    }

    /** The helper of a slave server for the section of this number. */
    static String helper(String server, int number) {
        return "helper:" + server + ":" + number;
    }
}
