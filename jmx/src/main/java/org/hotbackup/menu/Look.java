package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.Refusal;

/**
 * How things stand at a moment: asked for once a second, so that what is looked at is true.
 *
 * @param servers the names of all servers
 * @param health of the node, in a word
 * @param standing of the current server, in a line; empty if there is none
 * @param shown what is looked at, empty if that does not change
 */
record Look(List<String> servers, String health, String standing, Optional<Shown> shown) {

    /**
     * What a question to the node brought.
     *
     * @param refused whether it is the sentence of a refusal
     */
    record Shown(String title, String text, boolean refused) {

        Shown(String title, String text) {
            this(title, text, false);
        }
    }

    /** Looks. */
    static Look at(
            ServerKind kind,
            ControlDirectory controls,
            String server,
            Optional<Function<ControlDirectory, Shown>> watched) {
        List<String> servers = kind.names(controls);
        String standing = "";
        if (servers.contains(server)) {
            try {
                standing = kind.standing(controls, server);
            } catch (Refusal e) {
                // it was deleted in between; the next look knows
                standing = "";
            }
        }
        return new Look(
                servers, controls.node().getHealth(), standing, watched.map(question -> shown(controls, question)));
    }

    private static Shown shown(ControlDirectory controls, Function<ControlDirectory, Shown> question) {
        try {
            return question.apply(controls);
        } catch (Refusal | IllegalStateException e) {
            return new Shown("", e.getMessage(), true);
        }
    }
}
