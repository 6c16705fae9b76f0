package org.hotbackup.cli;

import java.io.PrintWriter;

/** Runs the command and gives its exit status to the shell. */
public final class Main {

    private Main() {}

    /** The command line. */
    public static void main(String[] arguments) {
        int status = HotBackup.run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
        System.exit(status);
    }
}
