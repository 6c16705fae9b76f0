package org.hotbackup.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** TCP ports on loopback. */
public final class Ports {

    private static final int FIRST = 18_080;
    private static final int LAST = 30_000;
    private static final int MOST = 65_535;

    /** What this process was given: somebody who has not listened yet may have it in mind. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

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
     * A free port that is not among those taken and that this process was not given before; below the range that the
     * system gives to outgoing connections. Looked for from a random one on, so that nodes made at the same time do not
     * choose the same.
     */
    public static int free(Set<Integer> taken) {
        int start = ThreadLocalRandom.current().nextInt(LAST - FIRST);
        for (int i = 0; i < LAST - FIRST; i++) {
            int port = FIRST + (start + i) % (LAST - FIRST);
            if (!taken.contains(port) && isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new Refusal(MessageCode.PORT_IN_USE, FIRST + " to " + LAST, "all of them", "--http-port and --jmx-port");
    }
}
