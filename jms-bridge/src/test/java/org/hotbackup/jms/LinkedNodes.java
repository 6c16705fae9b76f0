package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.Ports;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.Links.Security;

/** Two nodes that trust each other, prod and standby, and a stranger who trusts standby. */
final class LinkedNodes {

    /** Ten times less than usual, so that a test need not wait. */
    static final Patience SHORT = new Patience(5_000, 300, 1_500, 3_000, 1_000);

    /** What servers said, in the node's permanent log. */
    final List<String> said = new CopyOnWriteArrayList<>();

    final Semaphore masterWoken = new Semaphore(0);
    final Semaphore slaveWoken = new Semaphore(0);
    final NodeKeys master;
    final NodeKeys slave;
    final NodeKeys stranger;
    final int port;

    LinkedNodes(Path folder) throws IOException, InterruptedException {
        Path masterHome = folder.resolve("prod");
        Path slaveHome = folder.resolve("standby");
        Path strangerHome = folder.resolve("stranger");
        master = TestKeys.make(masterHome, "prod");
        slave = TestKeys.make(slaveHome, "standby");
        stranger = TestKeys.make(strangerHome, "stranger");
        TestKeys.trust(masterHome, slaveHome, "standby");
        TestKeys.trust(slaveHome, masterHome, "prod");
        TestKeys.trust(strangerHome, slaveHome, "standby");
        port = freePort();
    }

    /** One that no outgoing connection of another test will be given. */
    static int freePort() {
        return Ports.free(Set.of());
    }

    Links.KeptPort keep() throws LinkDownException {
        return new ArtemisLinks(slave, "127.0.0.1", SHORT).keep(port);
    }

    Link listen() throws LinkDownException {
        return listen(Security.TLS, "127.0.0.1");
    }

    Link listen(Security security, String bindAddress) throws LinkDownException {
        return new ArtemisLinks(slave, bindAddress, SHORT)
                .listen("fromprod", port, security, slaveWoken::release, this::say);
    }

    private void say(MessageCode code, Object... values) {
        said.add(code.id() + " " + code.text(values));
    }

    Link call() throws LinkDownException {
        return call(master, port);
    }

    Link call(NodeKeys by, int calledPort) throws LinkDownException {
        return call(by, "127.0.0.1", calledPort, Security.TLS);
    }

    /** Calls with a patience of its own. */
    Link call(int calledPort, Patience patience) throws LinkDownException {
        return new ArtemisLinks(master, "127.0.0.1", patience)
                .call("127.0.0.1", calledPort, Security.TLS, masterWoken::release, this::say);
    }

    Link call(NodeKeys by, String host, int calledPort, Security security) throws LinkDownException {
        return new ArtemisLinks(by, "127.0.0.1", SHORT)
                .call(host, calledPort, security, masterWoken::release, this::say);
    }

    byte[] awaitAtSlave(Link listening) throws LinkDownException, InterruptedException {
        return await(listening, slaveWoken);
    }

    byte[] awaitAtMaster(Link calling) throws LinkDownException, InterruptedException {
        return await(calling, masterWoken);
    }

    private static byte[] await(Link link, Semaphore woken) throws LinkDownException, InterruptedException {
        Optional<byte[]> frame = link.poll();
        while (frame.isEmpty()) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            frame = link.poll();
        }
        return frame.get();
    }

    /** A frame that holds a number. */
    static byte[] frame(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
