package org.hotbackup.matrix;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.cli.HotBackup;
import org.hotbackup.cli.TapeSocket;

/** The {@code hot-backup} and {@code tape-socket} commands with {@code --host}, run in this JVM as its main method runs it. */
final class ByCommand implements Surface {

    private static final Pattern MESSAGE_ID = Pattern.compile("\"messageId\": \"([^\"]*)\"");
    private static final Pattern MESSAGE = Pattern.compile("\"message\": \"(.*)\"");
    private static final Pattern OUTCOME = Pattern.compile("\\A\\{\\s*\"outcome\": \"([A-Z]+)\"");

    /** Tells by its exit status that something is wrong; here a server does not run. */
    private static final String DIAGNOSE = "diagnose";

    private final TwoNodes nodes;

    ByCommand(TwoNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String title() {
        return "Command";
    }

    /** Also its exit status tells, so another one than that of the outcome is told with it. */
    @Override
    public Optional<String> call(EveryOperation row, String role) {
        if (row.command().isEmpty()) {
            return Optional.empty();
        }
        Ended ended = run(words(row, role));
        String outcome = ended.outcome();
        if (outcome.equals("DONE") && row.outcome().equals(EveryOperation.VALUE)) {
            // the command itself did something with what it read
            outcome = EveryOperation.VALUE;
        }
        int usual = outcome.startsWith("REFUSED") || row.command().get(0).equals(DIAGNOSE) ? 1 : 0;
        return Optional.of(outcome + (ended.status() == usual ? "" : ", exit status " + ended.status()));
    }

    /** The whole command line. */
    String[] words(EveryOperation row, String role) {
        List<String> words = new ArrayList<>(nodes.filled(row, role, row.command()));
        words.addAll(List.of("--output", "json"));
        return nodes.access(row).command(role, words);
    }

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param said all that it printed
     */
    record Ended(int status, String said) {

        String outcome() {
            Matcher outcome = OUTCOME.matcher(said);
            if (!outcome.find()) {
                return EveryOperation.VALUE;
            }
            // what only answers has no receipt: its refusal comes as a sentence, as over JMX
            String id = Outcomes.first(MESSAGE_ID, said);
            return Outcomes.of(outcome.group(1), id.isEmpty() ? Outcomes.id(Outcomes.first(MESSAGE, said)) : id);
        }
    }

    static Ended run(String... words) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = words[0].equals(EveryOperation.TAPE_SOCKET)
                ? TapeSocket.run(out, out, Arrays.copyOfRange(words, 1, words.length))
                : HotBackup.run(out, out, words);
        return new Ended(status, said.toString());
    }
}
