package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The real JConsole of the JDK, on a screen that nobody sees. */
public final class JConsole {

    private JConsole() {}

    /**
     * Opens the remote JMX of a node as somebody would who sits before it, and keeps a picture of each of these nodes of its
     * tree in {@code target/pictures}.
     *
     * @param paths for example {@code org.hotbackup/Node/Attributes}
     * @return what {@link JConsoleHand} did, and what JConsole said
     */
    public static List<String> show(RemoteAccess access, String role, List<String> paths) {
        List<String> words = new ArrayList<>(
                List.of(access.address(), role, access.password(role), SwingScreen.PICTURES.toString()));
        words.addAll(paths);
        try (SwingScreen screen = new SwingScreen()) {
            return screen.run(new ProcessBuilder(
                    SwingScreen.jdk().resolve("bin/jconsole").toString(),
                    "-J-Djavax.net.ssl.trustStore=" + access.trustStore(),
                    SwingScreen.agent(JConsoleHand.class, words.toArray(String[]::new))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
