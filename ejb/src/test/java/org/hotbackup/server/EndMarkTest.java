package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndMarkTest {

    @TempDir
    Path home;

    /** A process of a node. */
    static final class Node {

        private Node() {}

        /** Arguments: the home, and {@code stop} or {@code kill}. */
        public static void main(String[] args) {
            new EndMark().begin(Path.of(args[0]));
            if (args[1].equals("kill")) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private boolean wasLeft() {
        EndMark next = new EndMark();
        boolean left = next.begin(home);
        next.end(new Object());
        return left;
    }

    private void run(String end) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Node.class.getName(),
                        home.toString(),
                        end)
                .inheritIO()
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** A node that was stopped in order said after its next start that it had been killed, now and then. */
    @Test
    void shouldBeLeftByAProcessThatEndsBeforeItsApplicationDoes() throws Exception {
        run("stop");

        assertThat(wasLeft()).isTrue();
    }

    @Test
    void shouldNotBeLeftByAProcessThatIsKilled() throws Exception {
        run("stop");
        run("kill");

        assertThat(wasLeft()).isFalse();
    }

    @Test
    void shouldBeLeftByAnApplicationThatEnds() {
        EndMark mark = new EndMark();
        mark.begin(home);
        mark.end(new Object());

        assertThat(wasLeft()).isTrue();
    }
}
