package org.hotbackup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A script that teaches bash the commands, their options, and the names of nodes and servers. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script with which bash completes commands, options, and the names of nodes and servers.",
            "In a shell, or at the end of ~/.bashrc: source <(hot-backup completion)",
            "It completes the word hot-backup, so the command must be in PATH, for example by a symbolic link."
        })
final class Completion implements Callable<Integer> {

    private static final String NAMES = "completion-names.bash";

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        String script = AutoComplete.bash("hot-backup", HotBackup.commandLine()) + names();
        return Output.of(spec).answer(script.stripTrailing(), () -> Map.of("script", script));
    }

    private static String names() {
        try (InputStream names = Completion.class.getResourceAsStream(NAMES)) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
