package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.verify.ComparedStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Comparing while nobody is there to be compared with. */
@Timeout(60)
class WaitingVerificationTest {

    private static final Logger MESSAGES = Logger.getLogger("org.hotbackup.server");

    @BeforeAll
    static void keepMessagesQuiet() {
        MESSAGES.setLevel(Level.OFF);
    }

    @AfterAll
    static void sayMessagesAgain() {
        MESSAGES.setLevel(null);
    }

    /** It stood for ever at "0 of 10 files done" without a word (R13). */
    @Test
    void shouldSayWhyItStandsWithoutASlave() throws InterruptedException {
        FilesInMemory kept = new FilesInMemory();
        ReplicationServer server = new ReplicationServer(
                ServerDefinition.of("todev", ServerSettings.parse("type=master host=a port=2000"), 0),
                new PermanentLog(kept.files(), Clock.systemUTC(), Thread::new),
                new NoticeBoard((user, notice) -> {}),
                Clock.systemUTC());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        ComparedStore store = (ComparedStore) Proxy.newProxyInstance(
                ComparedStore.class.getClassLoader(), new Class<?>[] {ComparedStore.class}, (proxy, method, given) -> {
                    asked.countDown();
                    answers.await();
                    return List.of();
                });
        ServerVerification verification =
                new ServerVerification(server, store, new VerificationRecords(kept.files(), "todev"), Thread::new);
        assertThat(verification.trouble()).isEmpty();

        verification.start(10, 1);
        asked.await();
        assertThat(verification.trouble())
                .contains("slave of server 'todev' acknowledges nothing", "status server=todev");
        answers.countDown();
        verification.end();
        assertThat(verification.trouble()).isEmpty();
    }
}
