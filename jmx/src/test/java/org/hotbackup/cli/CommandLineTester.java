package org.hotbackup.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line answers: exit status, output and messages. */
record CommandLineTester(int status, String out, String err) {

    static CommandLineTester hotBackup(String... arguments) {
        return run(HotBackup::run, arguments);
    }

    static CommandLineTester tapeSocket(String... arguments) {
        return run(TapeSocket::run, arguments);
    }

    /** One of our commands. */
    @FunctionalInterface
    private interface Run {
        int run(PrintWriter out, PrintWriter err, String... arguments);
    }

    private static CommandLineTester run(Run command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = command.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new CommandLineTester(status, out.toString(), err.toString());
    }
}
