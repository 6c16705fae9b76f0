package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeKey;
import org.hotbackup.node.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerDoorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static NodeKey key;
    private static SSLSocketFactory tls;
    private static SSLContext trust;

    private CallerDoor door;

    @BeforeAll
    static void makeKey(@TempDir Path homes) {
        NodeHome home = NodeCreation.create(new NodeHomes(homes), "n", NodeCreation.Choices.NONE)
                .home();
        key = NodeKey.of(home.certificate().getParent(), home.settings().getProperty("hotbackup.keys.password"));
        assertThat(key.certificate().getSubjectX500Principal()).hasToString("CN=n");
        assertThat(key).asString().doesNotContain(key.password());
        tls = JmxConnector.tls(key);
        trust = trust();
    }

    private static SSLContext trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("n", key.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open() throws IOException {
        door = CallerDoor.secured(InetAddress.getLoopbackAddress(), Ports.free(Set.of()), tls);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    private SSLSocket call() throws IOException {
        return (SSLSocket) trust.getSocketFactory().createSocket(door.getInetAddress(), door.getLocalPort());
    }

    private Socket callInClear() throws IOException {
        return new Socket(door.getInetAddress(), door.getLocalPort());
    }

    @Test
    void shouldSpeakTls13WithTheKeyOfTheNode() throws IOException {
        try (SSLSocket caller = call();
                Socket inside = door.accept()) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> read(inside));
            caller.getOutputStream().write('x');

            assertThat(read).succeedsWithin(PATIENCE).isEqualTo((int) 'x');
            assertThat(caller.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(caller.getSession().getPeerCertificates()).containsExactly(key.certificate());
        }
    }

    @Test
    void shouldRefuseAnOlderTlsAndNone() throws IOException {
        try (SSLSocket caller = call();
                Socket inside = door.accept()) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> read(inside));
            caller.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatThrownBy(caller::startHandshake).isInstanceOf(SSLException.class);
            assertThat(read).failsWithin(PATIENCE);
        }
        try (Socket caller = callInClear();
                Socket inside = door.accept()) {
            caller.getOutputStream().write("JRMI plain".getBytes());
            assertThatThrownBy(() -> inside.getInputStream().read()).isInstanceOf(SSLException.class);
        }
    }

    private static int read(Socket from) {
        try {
            return from.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldGiveThePlaceOfTheOldestStrangerToANewOne() throws IOException {
        List<Socket> callers = new ArrayList<>();
        List<Socket> inside = new ArrayList<>();
        try {
            for (int i = 0; i <= CallerDoor.MOST_OF_ONE; i++) {
                callers.add(callInClear());
                inside.add(door.accept());
            }

            assertThat(door.size()).isEqualTo(CallerDoor.MOST_OF_ONE);
            assertThat(inside.get(0).isClosed()).isTrue();
            assertThat(inside.subList(1, inside.size())).noneMatch(Socket::isClosed);
            inside.get(1).close();
            assertThat(door.size()).isEqualTo(CallerDoor.MOST_OF_ONE - 1);
        } finally {
            for (Socket one : callers) {
                one.close();
            }
        }
    }

    @Test
    void shouldKeepUsersAndTurnAwayTheNext() throws IOException {
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < CallerDoor.MOST_OF_ONE; i++) {
                SSLSocket caller = call();
                callers.add(caller);
                Socket inside = door.accept();
                CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(inside, true));
                caller.getOutputStream().write('x');
                caller.getInputStream().read();
                served.join();
            }
            Socket tooMany = callInClear();
            callers.add(tooMany);
            CompletableFuture.runAsync(this::accept);

            assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            assertThat(door.size()).isEqualTo(CallerDoor.MOST_OF_ONE);
        } finally {
            for (Socket one : callers) {
                one.close();
            }
        }
    }

    private void accept() {
        try {
            door.accept();
        } catch (IOException e) {
            // the door is closed at the end
        }
    }

    /** Who took all places of his address is stopped by deleting him. */
    @Test
    void shouldGiveThePlaceOfWhoIsNoLongerAUserToANewOne() throws IOException {
        List<Socket> callers = new ArrayList<>();
        List<Socket> inside = new ArrayList<>();
        try {
            for (int i = 0; i < CallerDoor.MOST_OF_ONE; i++) {
                SSLSocket caller = call();
                callers.add(caller);
                Socket served = door.accept();
                inside.add(served);
                int calls = i == 1 ? 2 : 1;
                CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                    answer(served, true);
                    if (calls > 1) {
                        answer(served, false);
                    }
                });
                caller.getOutputStream().write(new byte[calls]);
                caller.getInputStream().readNBytes(calls);
                answered.join();
            }
            callers.add(callInClear());
            inside.add(door.accept());

            assertThat(inside.get(1).isClosed()).as("his").isTrue();
            assertThat(inside).filteredOn(Socket::isClosed).hasSize(1);
        } finally {
            for (Socket one : callers) {
                one.close();
            }
        }
    }

    @Test
    void shouldHaveABoundAlsoForThisMachine() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<Socket> callers = new ArrayList<>();
        List<Socket> inside = new ArrayList<>();
        try (CallerDoor local = CallerDoor.local(loopback, Ports.free(Set.of()))) {
            for (int i = 0; i <= CallerDoor.MOST; i++) {
                callers.add(new Socket(loopback, local.getLocalPort()));
                inside.add(local.accept());
            }

            assertThat(local.size()).isEqualTo(CallerDoor.MOST);
            assertThat(inside.get(0).isClosed()).isTrue();
            assertThat(inside.subList(1, inside.size())).noneMatch(Socket::isClosed);
            callers.get(CallerDoor.MOST).getOutputStream().write('x');
            assertThat(inside.get(CallerDoor.MOST).getInputStream().read()).isEqualTo('x');
        } finally {
            for (Socket one : callers) {
                one.close();
            }
        }
    }

    /** RMI's greeting and what its registry answers anybody are no reason to stay. */
    @Test
    void shouldGiveThePlaceOfWhoeverOnlyGotAnswersToANewOne() throws IOException {
        List<Socket> callers = new ArrayList<>();
        List<Socket> inside = new ArrayList<>();
        try {
            for (int i = 0; i < CallerDoor.MOST_OF_ONE; i++) {
                SSLSocket caller = call();
                callers.add(caller);
                Socket served = door.accept();
                inside.add(served);
                boolean user = i == 0;
                CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                    answer(served, user);
                    answer(served, user);
                });
                caller.getOutputStream().write("xx".getBytes());
                caller.getInputStream().readNBytes(2);
                answered.join();
            }
            callers.add(callInClear());
            inside.add(door.accept());

            assertThat(inside.get(0).isClosed()).as("the user's").isFalse();
            assertThat(inside.get(1).isClosed()).as("the oldest stranger's").isTrue();
            assertThat(inside.subList(2, inside.size())).noneMatch(Socket::isClosed);
        } finally {
            for (Socket one : callers) {
                one.close();
            }
        }
    }

    private static void answer(Socket inside, boolean user) {
        try {
            inside.getInputStream().read();
            CallerSocket.know(user);
            inside.getOutputStream().write('y');
            inside.getOutputStream().flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNotReadARequestWithoutAnEnd() throws IOException {
        try (SSLSocket caller = call();
                Socket inside = door.accept()) {
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> sendForEver(caller, new byte[CallerSocket.MOST_BYTES]));

            assertThatThrownBy(() -> inside.getInputStream().readAllBytes())
                    .hasMessage("a request has more than " + CallerSocket.MOST_BYTES + " bytes");
            inside.close();
            assertThat(sent).failsWithin(PATIENCE);
        }
    }

    /** What the system buffers is sent, whoever reads: only the end of the connection stops somebody who goes on. */
    private static void sendForEver(Socket caller, byte[] bytes) {
        try {
            while (true) {
                caller.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldWaitLongerForAUserButNotForHours() throws IOException {
        try (SSLSocket caller = call();
                Socket inside = door.accept()) {
            assertThat(inside.getSoTimeout()).isEqualTo(CallerSocket.STRANGER_MILLIS);
            inside.setSoTimeout(7_200_000);
            assertThat(inside.getSoTimeout()).isEqualTo(CallerSocket.STRANGER_MILLIS);

            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(inside, true));
            caller.getOutputStream().write('x');
            served.join();
            assertThat(inside.getSoTimeout()).isEqualTo(CallerSocket.IDLE_MILLIS);
            inside.setSoTimeout(0);
            assertThat(inside.getSoTimeout()).isEqualTo(CallerSocket.IDLE_MILLIS);
            inside.setSoTimeout(5);
            assertThat(inside.getSoTimeout()).isEqualTo(5);
        }
    }
}
