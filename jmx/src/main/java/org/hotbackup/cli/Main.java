package org.hotbackup.cli;

import java.io.PrintWriter;

/** Runs the command and gives its exit status to the shell. */
public final class Main {

    /** As which of our commands it was called; hot-backup if it is not said. */
    private static final String COMMAND = "hotbackup.command";

    private Main() {}

    /** The command line. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        boolean tapeSocket = System.getProperty(COMMAND, "").equals(TapeSocket.NAME);
        int status = tapeSocket ? TapeSocket.run(out, err, arguments) : HotBackup.run(out, err, arguments);
        System.exit(status);
    }
}
