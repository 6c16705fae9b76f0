package org.hotbackup.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where one command answers: in words, as one JSON document ({@code --output json}), or not at all ({@code -q}, HB-006).
 * Every command ends with one of the {@code answer} methods, whose result is its exit status.
 */
final class Output {

    /** How a command answers. */
    enum Format {
        TEXT,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Format format;
    private final boolean quiet;
    private final PrintWriter out;
    private final PrintWriter err;

    private Output(Format format, boolean quiet, PrintWriter out, PrintWriter err) {
        this.format = format;
        this.quiet = quiet;
        this.out = out;
        this.err = err;
    }

    /** Of a command, as its command line says. */
    static Output of(CommandSpec command) {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        return command.root().userObject() instanceof CommandRoot all
                ? new Output(all.format(), all.isQuiet(), out, err)
                : new Output(Format.TEXT, false, out, err);
    }

    /** Of a command line that could not be read. */
    static Output of(List<String> arguments, PrintWriter out, PrintWriter err) {
        boolean json = false;
        for (int i = 0; i < arguments.size(); i++) {
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            json |= arguments.get(i).equalsIgnoreCase("--output=json")
                    || arguments.get(i).equals("--output") && next.equalsIgnoreCase("json");
        }
        return new Output(json ? Format.JSON : Format.TEXT, false, out, err);
    }

    /** Whether the answer is a JSON document, so that nothing else may stand in the output. */
    boolean isJson() {
        return format == Format.JSON;
    }

    /** Whether nothing is to be said. */
    boolean isQuiet() {
        return quiet;
    }

    /** A line for people, in the output but no part of the answer: progress, or a line of an answer in words only. */
    void say(String line) {
        if (!quiet && format == Format.TEXT) {
            out.println(line);
        }
    }

    /** A line for people that is no answer and has to be seen whatever form that has, as when a command is interrupted. */
    void warn(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /**
     * Answers.
     *
     * @param text in words
     * @param document the same for a program: what {@link JsonText} takes; asked for only if it is wanted
     * @return the exit status
     */
    int answer(String text, Supplier<?> document) {
        if (!quiet) {
            out.println(format == Format.JSON ? JsonText.pretty(document.get()) : text);
        }
        return HotBackup.DONE;
    }

    /**
     * Answers with what only one of two calls of the node tells: the node is asked once, also by whom nothing is told.
     *
     * @param text asks for it in words
     * @param document asks for it as {@link JsonText} takes it
     * @return the exit status
     */
    int answer(Supplier<String> text, Supplier<?> document) {
        if (format == Format.JSON) {
            Object asked = document.get();
            return answer("", () -> asked);
        }
        return answer(text.get(), document);
    }

    /** The same with any number of lines, also none. */
    int answer(List<String> lines, Supplier<?> document) {
        if (format == Format.JSON) {
            return answer("", document);
        }
        lines.forEach(this::say);
        return HotBackup.DONE;
    }

    /** The same, with what is said if there is no line. */
    int answer(List<String> lines, String none, Supplier<?> document) {
        return answer(lines.isEmpty() ? List.of(none) : lines, document);
    }

    /** Answers one of many things that are told as they come: as JSON, a document in one line for each. */
    void line(String text, Supplier<?> document) {
        if (!quiet) {
            out.println(format == Format.JSON ? JsonText.line(document.get()) : text);
        }
    }

    /** Answers what an operation of a node answered, the exit status with it. */
    int answer(OperationReceipt receipt) {
        boolean refused = receipt.outcome() == OperationReceipt.Outcome.REFUSED;
        if (!quiet) {
            if (format == Format.JSON) {
                out.println(JsonText.pretty(receipt));
            } else {
                (refused ? err : out).println(receipt.message());
            }
        }
        return refused ? HotBackup.REFUSED : HotBackup.DONE;
    }

    /** Answers that something is done by the command itself, without an operation of a node. */
    int done(MessageCode code, Object... values) {
        return answer(OperationReceipt.done(code, values));
    }

    /** Answers why it is not done; a command line that is written wrongly was never carried out, so it is always said. */
    int answer(Failure failure) {
        if (!quiet || failure.status() == HotBackup.USAGE) {
            if (format == Format.JSON) {
                out.println(JsonText.pretty(document(failure.outcome(), failure.messageId(), failure.message())));
            } else {
                err.println(failure.message());
            }
        }
        return failure.status();
    }

    private static Map<String, Object> document(Enum<?> outcome, String messageId, String message) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("outcome", outcome);
        document.put("messageId", messageId);
        document.put("message", message);
        document.put("task", "");
        return document;
    }
}
