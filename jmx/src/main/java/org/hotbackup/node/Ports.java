package org.hotbackup.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** TCP ports on loopback. */
public final class Ports {

    private static final int FIRST = 18_080;
    private static final int LAST = 30_000;
    private static final int MOST = 65_535;

    private static PortReservations reservations;

    private Ports() {}

    /** Whether a number is that of a port. */
    static boolean isPort(int number) {
        return number > 0 && number <= MOST;
    }

    /** Whether nobody listens on a port. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A free port that is not among those taken, nor was given before to this process or to another one of the same user
     * that still runs; below the range that the system gives to outgoing connections.
     */
    public static synchronized int free(Set<Integer> taken) {
        if (reservations == null) {
            reservations = new PortReservations(Path.of(System.getProperty("java.io.tmpdir")));
        }
        int start = ThreadLocalRandom.current().nextInt(LAST - FIRST);
        for (int i = 0; i < LAST - FIRST; i++) {
            int port = FIRST + (start + i) % (LAST - FIRST);
            if (!taken.contains(port) && isFree(port) && reservations.reserve(port)) {
                return port;
            }
        }
        throw new Refusal(MessageCode.PORT_IN_USE, FIRST + " to " + LAST, "all of them", "--http-port and --jmx-port");
    }
}
