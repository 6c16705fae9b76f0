package org.hotbackup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal at which a command was typed, with line editing. */
final class JLineTerminal implements FormTerminal {

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final Terminal terminal;
    private final LineReader reader;

    /** A terminal, to be closed with this one. */
    JLineTerminal(Terminal terminal) {
        this.terminal = terminal;
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            // a pipe or a remote shell may not say; in no room at all nothing is shown, not even the question
            terminal.setSize(new Size(COLUMNS, ROWS));
        }
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
    }

    /** The terminal of this process, empty if its input or output is none. */
    static Optional<FormTerminal> ofProcess() {
        if (System.console() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new JLineTerminal(TerminalBuilder.builder().system(true).build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> ask(String question, String value) {
        try {
            return Optional.of(reader.readLine(question, null, value).strip());
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void say(String text) {
        terminal.writer().println(text);
        terminal.flush();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
