package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.RealSystemFiles;
import org.hotbackup.store.SystemFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermanentLogTest {

    private static final int MANY = 1234;

    @TempDir
    Path folder;

    private final MovableClock clock = MovableClock.at("2026-03-31T12:00:00Z");
    private RealSystemFiles files;
    private PermanentLog log;

    private void open(String database) {
        files = RealSystemFiles.on(database, folder);
        log = new PermanentLog(files, clock, Thread::new);
        log.start();
    }

    /** Everything that was said is stored afterwards. */
    private void settle() throws InterruptedException {
        log.stop();
    }

    @AfterEach
    void close() throws InterruptedException {
        log.stop();
        files.close();
    }

    private void say(String server, int from, int to) {
        for (int i = from; i <= to; i++) {
            clock.move(Duration.ofMillis(1));
            log.say(server, MessageCode.QUEUE_HAS_GROWN, i);
        }
    }

    private static String grown(int frames) {
        return MessageCode.QUEUE_HAS_GROWN.text(frames);
    }

    private List<LogMessage> all() {
        List<LogMessage> all = new ArrayList<>();
        LogPage page = log.file().next("", 500);
        while (!page.messages().isEmpty()) {
            all.addAll(page.messages());
            page = log.file().next(page.reached(), 500);
        }
        return all;
    }

    /** It grew as long as somebody had something to say (R17). */
    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    @Tag("HB-155")
    void shouldForgetTheOldestMessagesAndSaySo(String database) throws InterruptedException {
        files = RealSystemFiles.on(database, folder);
        log = new PermanentLog(files, clock, Thread::new);
        log.start();
        say("todev", 1, 900);
        settle();
        log = new PermanentLog(files, clock, Thread::new, Duration.ofMillis(10), 1_000);
        log.start();
        say("todev", 901, 1_300);
        settle();

        List<LogMessage> all = all();
        assertThat(all).hasSizeBetween(1_000, 1_101);
        assertThat(all).extracting(LogMessage::text).contains(grown(1_300));
        // as often as a tenth more was stored: once or twice, as they came
        assertThat(log.latest(PermanentLog.NODE, 5)).hasSizeBetween(1, 2).allSatisfy(said -> assertThat(said)
                .endsWith(MessageCode.LOG_SHORTENED.text(1_000)));
        assertThat(all.get(0).text()).isNotEqualTo(grown(1));
    }

    @Test
    @Tag("HB-096")
    void shouldSayHowManyMessagesThereAreAndHowManyWouldBeCleared() throws InterruptedException {
        files = RealSystemFiles.onH2(folder);
        log = new PermanentLog(files, clock, Thread::new);
        log.start();
        assertThat(log.entries()).isZero();
        assertThat(log.lastMillis()).isZero();
        say("todev", 1, 600);
        clock.move(Duration.ofDays(10));
        say("todev", 601, 605);
        long last = clock.instant().toEpochMilli();
        settle();
        log = new PermanentLog(files, clock, Thread::new);
        log.start();

        assertThat(log.entries()).isEqualTo(605);
        assertThat(log.lastMillis()).isEqualTo(last);
        assertThat(log.count("all")).isEqualTo(605);
        assertThat(log.count("week")).isEqualTo(600);
        assertThat(log.count("month")).isZero();
        assertThatThrownBy(() -> log.count("day")).hasMessage(MessageCode.LOG_CLEAR_WHAT.text("day"));

        log.clear("week", PermanentLog.NAME);
        settle();
        // and that it was cleared
        assertThat(log.entries()).isEqualTo(6);
    }

    /** A message that could not be stored was gone (R1). */
    @Test
    @Timeout(30)
    void shouldKeepMessagesUntilTheDiskTakesThem() throws InterruptedException {
        files = RealSystemFiles.onH2(folder);
        Semaphore refused = new Semaphore(0);
        AtomicBoolean full = new AtomicBoolean(true);
        SystemFiles filling = (SystemFiles) Proxy.newProxyInstance(
                SystemFiles.class.getClassLoader(), new Class<?>[] {SystemFiles.class}, (proxy, method, given) -> {
                    if (full.get() && method.getName().equals("writeAll")) {
                        refused.release();
                        throw new Refusal(MessageCode.STORE_FULL, 1, 50);
                    }
                    return method.invoke(files, given);
                });
        log = new PermanentLog(filling, clock, Thread::new, Duration.ofMillis(10), PermanentLog.MOST);
        log.start();
        say("todev", 1, 3);
        refused.acquire(3);
        full.set(false);
        settle();

        assertThat(new PermanentLogFile(files, clock).next("", 10).messages())
                .extracting(LogMessage::text)
                .containsExactly(grown(1), grown(2), grown(3));
    }

    /** {@code --after abc} and {@code --before 0} showed nothing, as if there were nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "20260331120000001-1", "20260331120000001-000001x", "2026-03-31"})
    @Tag("HB-095")
    void shouldRefuseWhatIsNoIdOfAMessage(String id) {
        open("H2");
        say("todev", 1, 2);

        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                () -> log.file().next(id, 10), () -> log.file().back(id, 10), () -> log.file()
                        .search("grown", id, 10))) {
            assertThatThrownBy(asked).isInstanceOf(Refusal.class).hasMessage(MessageCode.NO_LOG_ID.text(id));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    @Tag("HB-095")
    @Tag("HB-155")
    void shouldListTheMessagesOfAllServersInPagesThereAndBack(String database) throws InterruptedException {
        open(database);
        say("todev", 1, 25);
        say("fromprod", 26, 50);
        settle();

        LogPage first = log.file().next("", 20);
        LogPage second = log.file().next(first.reached(), 20);
        LogPage third = log.file().next(second.reached(), 20);
        LogPage end = log.file().back("", 20);
        LogPage back = log.file().back(second.messages().get(0).id(), 20);

        assertThat(first.messages())
                .extracting(LogMessage::text)
                .startsWith(grown(1))
                .endsWith(grown(20));
        assertThat(second.messages())
                .extracting(LogMessage::text)
                .startsWith(grown(21))
                .endsWith(grown(40));
        assertThat(second.messages()).extracting(LogMessage::server).contains("todev", "fromprod");
        assertThat(third.messages())
                .extracting(LogMessage::text)
                .startsWith(grown(41))
                .endsWith(grown(50));
        assertThat(first.more()).isTrue();
        assertThat(third.more()).isFalse();
        assertThat(end.messages())
                .extracting(LogMessage::text)
                .startsWith(grown(31))
                .endsWith(grown(50));
        assertThat(back).usingRecursiveComparison().ignoringFields("reached").isEqualTo(first);
        assertThat(log.file().back(first.messages().get(0).id(), 20).messages()).isEmpty();
        assertThat(first.messages().get(0)).hasToString("2026-03-31T12:00:00.001Z  todev  HB2014  " + grown(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-30,           1",
        "2026-03-31,           2",
        "12:00,                3",
        "12:00:00.500,         4",
        "2026-03-31T12:00:01,  4",
        "2026-03-31 12:00:01,  4",
        "2026-03-31T12:00:01Z, 4",
        "2026-04-01,           0"
    })
    @Tag("HB-095")
    void shouldBeginAtTheFirstMessageAfterADateOrTime(String when, int expected) throws InterruptedException {
        open("H2");
        String[] times = {
            "2026-03-30T23:59:59.999Z", "2026-03-31T00:00:00Z", "2026-03-31T12:00:00Z", "2026-03-31T12:00:01Z"
        };
        for (int i = 0; i < times.length; i++) {
            clock.moveTo(times[i]);
            log.say("todev", MessageCode.QUEUE_HAS_GROWN, i + 1);
        }
        settle();

        List<LogMessage> found = log.file().from(when, 1).messages();

        assertThat(found).extracting(LogMessage::text).isEqualTo(expected == 0 ? List.of() : List.of(grown(expected)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "31.3.2026", "25:00", "2026-02-30", "+999999999-12-31"})
    @Tag("HB-095")
    void shouldSayHowADateIsWritten(String when) {
        open("H2");

        assertThatThrownBy(() -> log.file().from(when, 1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.LOG_TIME_UNREADABLE))
                .hasMessageContaining("2026-11-21");
    }

    @Test
    @Tag("HB-095")
    void shouldFindAStringWhereverItIsWithoutLookingAtMoreThanAPart() throws InterruptedException {
        open("H2");
        say("todev", 1, MANY);
        log.say("fromprod", MessageCode.CONNECTED, "Needle:2000");
        say("todev", 1, MANY);
        settle();

        LogPage found = log.file().search("needle", "", 10);
        LogPage numbers = log.file().search(grown(MANY), "", 1);
        LogPage again = log.file().search(grown(MANY), numbers.reached(), 10);
        LogPage none = log.file().search("not there", "", 10);

        assertThat(found.messages()).singleElement().satisfies(message -> {
            assertThat(message.server()).isEqualTo("fromprod");
            assertThat(message.messageId()).isEqualTo("HB2021");
        });
        assertThat(found.more()).isFalse();
        assertThat(numbers.messages()).hasSize(1);
        assertThat(numbers.more()).isTrue();
        assertThat(again.messages()).hasSize(1).doesNotContainAnyElementsOf(numbers.messages());
        assertThat(none.messages()).isEmpty();
        assertThat(none.more()).isFalse();
    }

    @Test
    @Tag("HB-095")
    void shouldReadNoMoreOfALongLogThanAPageHolds() throws InterruptedException {
        open("H2");
        say("todev", 1, MANY);
        settle();
        int[] read = new int[1];
        PermanentLogFile counting = new PermanentLogFile(
                (SystemFiles) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {SystemFiles.class}, (proxy, method, arguments) -> {
                            List<?> items = (List<?>) method.invoke(files, arguments);
                            read[0] += items.size();
                            return items;
                        }),
                clock);

        LogPage middle = counting.from("12:00:00.600", 20);
        counting.next(middle.reached(), 20);
        counting.back(middle.messages().get(0).id(), 20);
        counting.back("", 20);

        assertThat(middle.messages()).first().satisfies(message -> assertThat(message.text())
                .isEqualTo(grown(600)));
        assertThat(read[0]).isEqualTo(4 * 20);
    }

    @ParameterizedTest
    @CsvSource({"all, 0", "week, 2", "month, 4"})
    @Tag("HB-096")
    void shouldClearWhatIsOldEnough(String what, int left) throws InterruptedException {
        open("H2");
        String[] times = {
            "2025-01-01T00:00:00Z",
            "2026-02-28T11:59:59Z",
            "2026-02-28T12:00:00Z",
            "2026-03-24T11:59:59Z",
            "2026-03-24T12:00:00Z",
            "2026-03-31T11:00:00Z"
        };
        for (int i = 0; i < times.length; i++) {
            clock.moveTo(times[i]);
            log.say("todev", MessageCode.QUEUE_HAS_GROWN, i);
        }
        settle();
        clock.moveTo("2026-03-31T12:00:00Z");

        assertThat(log.clear(what, "log").message()).isEqualTo(MessageCode.LOG_CLEARED.text(times.length - left, what));

        assertThat(all())
                .extracting(LogMessage::time)
                .isEqualTo(List.of(times).subList(times.length - left, times.length));
    }

    @ParameterizedTest
    @CsvSource({"all, ''", "all, todev", "year, log"})
    @Tag("HB-096")
    void shouldClearNothingWithoutConfirmationOrForAnotherWord(String what, String confirm)
            throws InterruptedException {
        open("H2");
        say("todev", 1, 3);
        settle();

        assertThatThrownBy(() -> log.clear(what, confirm)).isInstanceOf(Refusal.class);

        assertThat(all()).hasSize(3);
    }

    @Test
    @Tag("HB-096")
    void shouldLeaveAShorterLogAndNothingBrokenIfClearingEndsHalfWay() throws InterruptedException {
        open("H2");
        say("todev", 1, MANY);
        settle();
        PermanentLogFile failing = new PermanentLogFile(failingAtTheSecond("deleteAll"), clock);

        assertThatThrownBy(failing::clear).hasMessage("killed");

        List<LogMessage> left = all();
        assertThat(left.size()).isBetween(1, MANY - 1);
        assertThat(left).extracting(LogMessage::text).endsWith(grown(MANY)).startsWith(grown(MANY - left.size() + 1));
        assertThat(log.clear("all", "log").message()).isEqualTo(MessageCode.LOG_CLEARED.text(left.size(), "all"));
        assertThat(all()).isEmpty();
    }

    private SystemFiles failingAtTheSecond(String name) {
        int[] calls = {0};
        return (SystemFiles) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SystemFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name) && ++calls[0] == 2) {
                        throw new IllegalStateException("killed");
                    }
                    return method.invoke(files, arguments);
                });
    }

    @Test
    @Tag("HB-070")
    @Tag("HB-170")
    void shouldShowTheLastMessagesOfAServerMostRecentFirstAlsoAfterARestart() throws InterruptedException {
        open("H2");
        say("todev", 1, 3);
        say("fromprod", 4, 4);
        say("todev", 5, 6);
        clock.move(Duration.ofDays(30));
        List<String> before = log.latest("todev", 4);
        settle();
        log = new PermanentLog(files, clock, Thread::new);
        log.start();

        assertThat(before).hasSize(4).first().asString().endsWith(grown(6));
        assertThat(before).last().asString().endsWith(grown(2));
        assertThat(log.latest("todev", 4)).isEqualTo(before);
        assertThat(log.latest("fromprod", 4)).singleElement().asString().endsWith(grown(4));
        assertThat(log.latest("nobody", 4)).isEmpty();
    }

    /** The diagnosis showed whatever was said last as what was seen, also a notice of somebody's resync. */
    @Test
    @Tag("HB-070")
    void shouldTellTheLastTroubleOfAServerAndWhatItIsNot() {
        open("H2");
        assertThat(log.trouble("todev", Instant.EPOCH)).isEmpty();
        log.say("todev", MessageCode.CANNOT_INITIALIZE, "todev", "no port");
        log.say("todev", MessageCode.START_FAILED, "todev");
        log.say("todev", MessageCode.VERIFY_STARTED, "todev");

        assertThat(log.trouble("todev", Instant.EPOCH))
                .hasValueSatisfying(said -> assertThat(said).endsWith("cannot be initialized: no port"));
        assertThat(log.trouble("fromprod", Instant.EPOCH)).isEmpty();
        assertThat(log.trouble("todev", clock.instant().plusSeconds(1)))
                .as("too old")
                .isEmpty();
    }

    @Test
    @Tag("HB-070")
    void shouldKeepAsManyMessagesForTheStatusAsItCanShow() {
        open("H2");
        say("todev", 1, MANY);

        assertThat(log.latest("todev", MANY))
                .hasSize(PermanentLog.STATUS_LINES)
                .first()
                .asString()
                .endsWith(grown(MANY));
    }
}
