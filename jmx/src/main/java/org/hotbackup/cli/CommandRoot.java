package org.hotbackup.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** A command with all its verbs: how its verbs answer, and the menu that it opens without a verb. */
abstract class CommandRoot implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            scope = ScopeType.INHERIT,
            description = "Answers in words, or as one JSON document, also if refused; ${DEFAULT-VALUE} if not given.")
    Output.Format format;

    @Mixin
    MenuOpening menu;

    @Spec
    CommandSpec spec;

    /** In words, or as JSON. */
    final Output.Format format() {
        return format;
    }

    /** Whether nothing is to be said. */
    abstract boolean isQuiet();
}
