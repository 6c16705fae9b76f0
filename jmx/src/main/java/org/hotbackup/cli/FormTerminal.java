package org.hotbackup.cli;

import java.util.Optional;

/** Where somebody fills in a form, line by line. */
interface FormTerminal extends AutoCloseable {

    /**
     * Asks for one line.
     *
     * @param question what stands before it
     * @param value what stands in it already and can be changed
     * @return what it holds at the end; empty if whoever fills it in has had enough (CTRL-C, CTRL-D)
     */
    Optional<String> ask(String question, String value);

    /** Says a line. */
    void say(String text);

    @Override
    void close();
}
