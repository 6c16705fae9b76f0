package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Parameters;

/** A verb of tape-socket: {@code tape-socket VERB {keyword=value}... --node NODE}. */
abstract class TapeVerb extends NodeVerb {

    private static final String SERVER = "server";

    @Parameters(
            paramLabel = "keyword=value",
            arity = "0..*",
            description = "server=NAME is the server; it may be left out if there is only one.")
    List<String> words = new ArrayList<>();

    private Map<String, String> arguments = Map.of();

    @Override
    final void check() {
        arguments = new TapeArguments(LastValues.ofEnvironment(), JLineTerminal::ofProcess).resolve(words);
    }

    @Override
    final int run(NodeConnection connection) {
        if (!takesSettings()) {
            refuseOtherWords();
        }
        return answer(connection);
    }

    /** Whether it takes other words than the server's name. */
    boolean takesSettings() {
        return false;
    }

    /** Does it. */
    abstract int answer(NodeConnection connection);

    /** The arguments but {@code server}, in the order in which they were given. */
    final Map<String, String> settings() {
        Map<String, String> others = new LinkedHashMap<>(arguments);
        others.remove(SERVER);
        return others;
    }

    private void refuseOtherWords() {
        settings().keySet().stream().findFirst().ifPresent(word -> {
            throw new Refusal(MessageCode.USAGE, "'" + word + "' is not understood here; write server=NAME.");
        });
    }

    /** The name as given. */
    final Optional<String> given() {
        return Optional.ofNullable(arguments.get(SERVER));
    }

    /** The server's name as given, or the only one. */
    final String server(NodeConnection connection) {
        return server(connection, server -> true);
    }

    /** The same; of several that are not named, only those count that it is for. */
    final String server(NodeConnection connection, Predicate<TapeServerMXBean> isFor) {
        if (given().isPresent()) {
            return given().get();
        }
        List<String> names = connection.tapeSocket().getServerNames();
        List<String> fitting = names.size() == 1
                ? names
                : names.stream()
                        .filter(name -> isFor.test(connection.tapeServer(name)))
                        .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw names.isEmpty()
                ? new Refusal(MessageCode.NO_TAPE_SERVER_AT_ALL)
                : new Refusal(MessageCode.WHICH_TAPE_SERVER, String.join(", ", fitting.isEmpty() ? names : fitting));
    }

    final boolean isQuiet() {
        return ((TapeSocket) spec.root().userObject()).quiet;
    }

    /** A receipt; with option q only a refusal is said. */
    final int receipt(OperationReceipt receipt) {
        boolean silent = isQuiet() && receipt.outcome() != OperationReceipt.Outcome.REFUSED && !output().isJson();
        return silent ? HotBackup.DONE : answer(receipt);
    }
}
