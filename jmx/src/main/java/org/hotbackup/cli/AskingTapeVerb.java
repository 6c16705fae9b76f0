package org.hotbackup.cli;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/**
 * A verb of tape-socket that interrupts something: at a terminal it asks before (TS-009), unless option q is given; elsewhere it
 * wants to be confirmed as the destructive commands of hot-backup are.
 */
abstract class AskingTapeVerb extends TapeVerb {

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The server's name once more, of stopall the word all; then it does not ask.")
    String confirm;

    /**
     * What is given as confirmation: the name of what it is about, if whoever gives the command says yes, or wants not to be asked.
     *
     * @param question what is going to be done
     */
    final String confirmed(String name, String question) {
        if (confirm != null) {
            return confirm;
        }
        if (isQuiet()
                || asked(
                                question + " Confirm (y/n): ",
                                new Refusal(MessageCode.TAPE_CONFIRM, spec.qualifiedName(), name))
                        .equalsIgnoreCase("y")) {
            return name;
        }
        throw new Refusal(MessageCode.TAPE_NOT_CONFIRMED);
    }

    /**
     * What is answered at the terminal.
     *
     * @param otherwise thrown if there is none
     */
    static String asked(String question, Refusal otherwise) {
        try (FormTerminal terminal = JLineTerminal.ofProcess().orElseThrow(() -> otherwise)) {
            return terminal.ask(question, "").orElseThrow(() -> new Refusal(MessageCode.TAPE_NOT_CONFIRMED));
        }
    }
}
