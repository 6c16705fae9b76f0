package org.hotbackup.cli;

/** A command with all its verbs: how its verbs answer. */
interface CommandRoot {

    /** In words, or as JSON. */
    Output.Format format();

    /** Whether nothing is to be said. */
    boolean isQuiet();
}
