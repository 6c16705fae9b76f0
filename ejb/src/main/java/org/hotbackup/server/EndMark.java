package org.hotbackup.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A mark in the home that the node's process ended because it was told to. Payara Micro, told to stop, ends the
 * application without destroying its singletons, and its connections are gone by then: no record of a server can say so.
 * Now and then its process is over before the application has ended; so the end of the process leaves the mark, too.
 */
@ApplicationScoped
public class EndMark {

    private volatile Path file;
    private Thread atExit;

    /**
     * The node begins.
     *
     * @return whether the process before this one left its mark, which is taken away
     */
    public boolean begin(Path home) {
        file = home.resolve("ended-in-order");
        atExit = new Thread(this::leave, "end mark");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application ends; the process of a full server may go on. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (file != null && !isProcessEnding()) {
            leave();
        }
    }

    private boolean isProcessEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private void leave() {
        try {
            Files.writeString(file, Instant.now().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
