package org.hotbackup.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line answers: exit status, output and messages. */
record CommandLineTester(int status, String out, String err) {

    static CommandLineTester hotBackup(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = HotBackup.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new CommandLineTester(status, out.toString(), err.toString());
    }
}
