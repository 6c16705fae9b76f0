package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.NodeSettings;
import org.hotbackup.store.RealSystemFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notices go to a real SMTP server and a real HTTP server. */
@Tag("HB-058")
class NoticeCourierTest {

    private static final long PATIENCE_MILLIS = 30_000;
    private static final Duration AGAIN = Duration.ofMillis(20);
    private static final Duration WEB_PATIENCE = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final BlockingQueue<JsonObject> posted = new LinkedBlockingQueue<>();
    private final AtomicInteger answer = new AtomicInteger(204);
    private final AtomicInteger refused = new AtomicInteger();
    private RealSystemFiles files;
    private PermanentLog log;
    private HttpServer web;
    private NoticeCourier courier;

    @BeforeEach
    void open() throws IOException {
        smtp.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.get() / 100 == 2) {
                posted.add(Json.createReader(new StringReader(body)).readObject());
            } else {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        web.start();
        files = RealSystemFiles.onH2(folder);
        log = new PermanentLog(files, MovableClock.at("2026-03-31T12:00:00Z"), Thread::new);
        log.start();
        courier = courier(new MailDelivery(mail(smtp.getSmtp().getPort()), "pick0"));
        courier.start();
    }

    private NoticeCourier courier(NoticeDelivery mail) {
        return new NoticeCourier(
                user -> Optional.ofNullable(addresses.get(user)),
                mail,
                new WebDelivery("pick0", WEB_PATIENCE),
                log,
                AGAIN,
                Thread::new);
    }

    private static MailSettings mail(int port) {
        return mail(port, "", "", "off");
    }

    private static MailSettings mail(int port, String user, String password, String tls) {
        return new MailSettings("127.0.0.1", Integer.toString(port), "hot-backup@example.com", user, password, tls);
    }

    private void sendMailBy(MailSettings settings) throws InterruptedException {
        courier.stop();
        courier = courier(new MailDelivery(settings, "pick0"));
        courier.start();
        addresses.put("bob", "bob@example.com");
        courier.take("bob", grown(1));
    }

    private String hook() {
        return server() + "/hook";
    }

    private String server() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    @AfterEach
    void close() throws InterruptedException {
        courier.stop();
        log.stop();
        files.close();
        web.stop(0);
        smtp.stop();
    }

    private static Notice grown(int frames) {
        MessageCode code = MessageCode.QUEUE_HAS_GROWN;
        return new Notice(frames, "2026-03-31T12:00:00Z", "todev", "warning", code.id(), code.text(frames));
    }

    private List<String> said() {
        return log.latest("todev", 100);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    @Tag("HB-143")
    void shouldSendMailToAUserWithAnAddressOfMail() throws Exception {
        addresses.put("bob", "mailto:bob@example.com");

        courier.take("bob", grown(600));

        assertThat(smtp.waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
        MimeMessage message = smtp.getReceivedMessages()[0];
        assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly("bob@example.com");
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("hot-backup@example.com");
        assertThat(message.getSubject())
                .isEqualTo("Notice from server 'todev': WARNING: Transaction queue has grown to 600 frames");
        assertThat(message.getContent().toString())
                .contains("Notice from server 'todev'", "HB2014", "has grown to 600 frames", "Node pick0");
    }

    @Test
    void shouldPostToAUserWithAWebAddress() throws Exception {
        addresses.put("bob", hook());

        courier.take("bob", grown(600));

        JsonObject json = posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(json.getString("text")).startsWith("Notice from server 'todev': WARNING");
        assertThat(json.getString("node")).isEqualTo("pick0");
        assertThat(json.getString("server")).isEqualTo("todev");
        assertThat(json.getString("severity")).isEqualTo("warning");
        assertThat(json.getString("messageId")).isEqualTo("HB2014");
        assertThat(json.getString("time")).isEqualTo("2026-03-31T12:00:00Z");
        assertThat(json.getString("message")).endsWith("600 frames");
        assertThat(json.getInt("number")).isEqualTo(600);
    }

    @Test
    void shouldLeaveUsersWithoutAnAddressToTheirTerminals() throws Exception {
        addresses.put("bob", hook());

        courier.take("dm", grown(600));
        courier.take("bob", grown(601));

        assertThat(posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getInt("number"))
                .isEqualTo(601);
        assertThat(smtp.getReceivedMessages()).isEmpty();
        assertThat(said()).isEmpty();
    }

    @Test
    @Tag("HB-155")
    void shouldSayAFailureOnceAndDeliverWhenItIsOver() throws Exception {
        addresses.put("bob", hook());
        answer.set(503);
        courier.take("bob", grown(1));
        courier.take("bob", grown(2));
        await(() -> refused.get() > 3);
        assertThat(said())
                .singleElement()
                .asString()
                .contains("'bob' cannot be delivered to " + server() + ": ", "status 503");

        answer.set(200);

        assertThat(posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getInt("number"))
                .isEqualTo(1);
        assertThat(posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getInt("number"))
                .isEqualTo(2);
        await(() -> said().size() == 2);
        assertThat(said().get(0)).endsWith(MessageCode.NOTICES_DELIVERED_AGAIN.text("bob", server()));
    }

    @Test
    void shouldSayWhatMustBeConfigured() throws InterruptedException {
        sendMailBy(MailSettings.of(NodeSettings.of("nowhere", new Properties())));

        await(() -> !said().isEmpty());
        assertThat(said()).singleElement().asString().contains("set hotbackup.mail.host");
    }

    @Test
    void shouldLogInWhereAPasswordIsAskedFor() throws InterruptedException {
        smtp.setUser("node@example.com", "node", "secret");
        sendMailBy(mail(smtp.getSmtp().getPort(), "node", "secret", "off"));

        assertThat(smtp.waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
        assertThat(said()).isEmpty();
    }

    /** A password must not go where it can be read because a server does not offer TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"starttls", "on"})
    void shouldRatherSendNothingThanWithoutTheTlsThatIsConfigured(String tls) throws InterruptedException {
        smtp.setUser("node@example.com", "node", "secret");
        sendMailBy(mail(smtp.getSmtp().getPort(), "node", "secret", tls));

        await(() -> !said().isEmpty());
        assertThat(said()).singleElement().asString().contains("'bob' cannot be delivered");
        assertThat(smtp.getReceivedMessages()).isEmpty();
    }

    @Test
    void shouldSayThatAnSmtpServerIsNotThere() throws Exception {
        int port = smtp.getSmtp().getPort();
        smtp.stop();
        addresses.put("bob", "bob@example.com");

        courier.take("bob", grown(1));

        await(() -> !said().isEmpty());
        assertThat(said()).singleElement().asString().contains("'bob' cannot be delivered", Integer.toString(port));
    }

    /** That the new address fails too was never said (R18). */
    @Test
    void shouldSayAFailureAtEachAddressOfAUser() throws Exception {
        answer.set(500);
        addresses.put("bob", hook());
        courier.take("bob", grown(1));
        await(() -> notDelivered() == 1);
        addresses.put("bob", hook() + "/other");
        await(() -> notDelivered() == 2);
    }

    private long notDelivered() {
        return said().stream()
                .filter(line -> line.contains("cannot be delivered"))
                .count();
    }

    @Test
    void shouldSayThatAnAddressCannotBeUsedAndGoOnForOthers() throws Exception {
        addresses.put("bob", "somewhere");
        addresses.put("dm", hook());

        courier.take("bob", grown(1));
        courier.take("dm", grown(2));

        assertThat(posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getInt("number"))
                .isEqualTo(2);
        await(() -> !said().isEmpty());
        assertThat(said()).singleElement().asString().contains("to the address in the record: this is no address");
    }

    /** One whose answer never ends must not keep everybody's notices back, and what is secret in an address stays so. */
    @Test
    void shouldNotWaitForAnAnswerThatNeverEnds() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer hanging = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hanging.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        hanging.start();
        addresses.put("bob", "http://127.0.0.1:" + hanging.getAddress().getPort() + "/t0ken?key=s3cret");
        addresses.put("amy", hook());

        courier.take("bob", grown(1));
        courier.take("amy", grown(2));

        assertThat(posted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getInt("number"))
                .isEqualTo(2);
        await(() -> !said().isEmpty());
        assertThat(said())
                .singleElement()
                .asString()
                .contains("it has not answered in full")
                .doesNotContain("s3cret", "t0ken");
        over.countDown();
        hanging.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://bob:s3cret@example.com/", "https://bob@example.com"})
    void shouldTakeNoUserAndPasswordInAWebAddress(String address) {
        assertThat(NoticeAddress.parse(address)).isEmpty();
    }

    @Test
    void shouldNeverLetAServerWaitAndForgetTheOldestIfDeliveryHangs() throws InterruptedException {
        courier.stop();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        courier = courier((NoticeAddress address, Deque<Notice> notices) -> {
            hanging.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new NoticeDelivery.NotDelivered("interrupted");
            }
            notices.forEach(notice -> arrived.add(notice.number()));
            notices.clear();
        });
        courier.start();
        addresses.put("bob", "bob@example.com");
        courier.take("bob", grown(1));
        hanging.await();

        int many = 3 * NoticeCourier.WAITING_AT_MOST;
        for (int i = 2; i <= many; i++) {
            courier.take("bob", grown(i));
        }
        release.countDown();

        assertThat(arrived.take()).isEqualTo(1);
        assertThat(said()).singleElement().asString().contains("More than 1000 notices wait");
        await(() -> arrived.size() == NoticeCourier.KEPT_FOR_A_USER);
        assertThat(arrived).first().isEqualTo((long) NoticeCourier.WAITING_AT_MOST - NoticeCourier.KEPT_FOR_A_USER + 2);
    }
}
