package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.HelperTask.Phase;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The slave server looks after its helpers (HB-019): one that died is said and takes its task up again. */
@Timeout(30)
class HelpersTest {

    private static final Logger LOG = Logger.getLogger(Helpers.class.getName());
    private static final FilePath FILE = FilePath.data("world", "large");
    private static final FilePath OTHER = FilePath.data("world", "other");

    /** A helper that is done takes its task away while they are looked at. */
    private final List<HelperTask> tasks = new CopyOnWriteArrayList<>();

    private final List<String> servers = new ArrayList<>(List.of("fromprod", "other"));
    private final Deque<Supplier<Boolean>> steps = new ArrayDeque<>();
    private final List<FilePath> stepped = new ArrayList<>();
    private final List<Thread> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Helpers helpers = new Helpers(
            () -> tasks,
            this::step,
            name -> servers.contains(name),
            task -> {
                Thread thread = new Thread(task);
                started.add(thread);
                return thread;
            },
            now::get);

    @BeforeEach
    void keepProvokedDeathsQuiet() {
        LOG.setLevel(Level.OFF);
        tasks.add(new HelperTask("fromprod", FILE, 7, Phase.RESIZING, 499));
    }

    @AfterEach
    void sayAgain() {
        LOG.setLevel(null);
    }

    private synchronized boolean step(FilePath file) {
        stepped.add(file);
        return steps.remove().get();
    }

    /** After the longest wait. */
    private void look() throws InterruptedException {
        lookAfter(60_001);
    }

    private void lookAfter(long millis) throws InterruptedException {
        now.addAndGet(millis);
        helpers.look("fromprod", (code, values) -> said.add(code.text(values)));
        for (Thread helper : started) {
            helper.join();
        }
    }

    private void lookAfterOrphans() throws InterruptedException {
        now.addAndGet(60_001);
        helpers.lookAfterOrphans((code, values) -> said.add(code.text(values)));
        for (Thread helper : started) {
            helper.join();
        }
    }

    private static Supplier<Boolean> dies(String reason) {
        return () -> {
            throw new IllegalStateException(reason);
        };
    }

    @Test
    @Tag("HB-018")
    @Tag("HB-019")
    @Tag("SUB-5")
    void shouldSayThatAHelperDiedAndLetAnotherGoOn() throws InterruptedException {
        steps.addAll(List.of(() -> true, dies("the database is gone"), () -> true, () -> {
            tasks.clear();
            return false;
        }));
        look();
        assertThat(started).hasSize(1);
        assertThat(said).isEmpty();

        look();
        assertThat(started).hasSize(2);
        assertThat(said).containsExactly(MessageCode.HELPER_DIED.text(FILE, "the database is gone"));
        look();
        assertThat(started).as("nothing is left to do").hasSize(2);
        assertThat(stepped).hasSize(4);
    }

    /** On a full disk a helper dies each time that it is started. */
    @Test
    @Tag("HB-019")
    void shouldSayEachReasonOnceUntilItGetsOn() throws InterruptedException {
        steps.addAll(List.of(dies("full"), dies("full"), dies("full"), dies("locked up"), () -> true, dies("full")));
        for (int i = 0; i < 5; i++) {
            look();
        }
        steps.add(() -> false);
        look();

        assertThat(said)
                .containsExactly(
                        MessageCode.HELPER_DIED.text(FILE, "full"),
                        MessageCode.HELPER_DIED.text(FILE, "locked up"),
                        MessageCode.HELPER_DIED.text(FILE, "full"));
        assertThat(steps).isEmpty();
    }

    /** Engine review, finding 13: it was started every second. */
    @Test
    void shouldStartAHelperThatDiesLessAndLessOften() throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            steps.add(dies("full"));
        }
        for (int i = 0; i < 600; i++) {
            lookAfter(1_000);
        }
        assertThat(stepped).hasSizeBetween(10, 20);
        assertThat(said).containsExactly(MessageCode.HELPER_DIED.text(FILE, "full"));
    }

    @Test
    void shouldWaitForALockWithoutDying() throws InterruptedException {
        steps.addAll(List.of(
                () -> {
                    throw new Refusal(MessageCode.LOCKED, FILE);
                },
                () -> false));
        look();
        assertThat(stepped).hasSize(2);
        assertThat(said).isEmpty();
    }

    @Test
    @Tag("HB-185")
    void shouldHelpTheServerThatLooksOnly() throws InterruptedException {
        tasks.clear();
        tasks.add(new HelperTask("other", OTHER, 8, Phase.RESIZING, 499));
        look();
        assertThat(started).isEmpty();
    }

    /** Nobody worked on them, and all updates of their sections went to the hold file for ever. */
    @Test
    @Tag("HB-019")
    @Tag("HB-020")
    void shouldHelpForAServerThatIsGone() throws InterruptedException {
        tasks.add(new HelperTask("gone", OTHER, 8, Phase.MERGING, 0));
        steps.add(() -> false);
        lookAfterOrphans();
        assertThat(stepped).containsExactly(OTHER);
    }

    /** A promotion opened the file to users while its data were in the hold file. */
    @Test
    @Tag("HB-020")
    void shouldLeaveToAPromotionWhatIsItsOwnAndWhatIsNobodys() {
        tasks.add(new HelperTask("gone", OTHER, 8, Phase.MERGING, 0));
        assertThat(helpers.left("fromprod")).isEqualTo(2);
        assertThat(helpers.left("other")).isEqualTo(1);
        servers.add("gone");
        assertThat(helpers.left("fromprod")).isEqualTo(1);
    }

    /** A promotion waited for it for ever. */
    @Test
    @Tag("HB-019")
    @Tag("HB-020")
    void shouldNameTheHelperThatDiesInTheWayOfAPromotion() throws InterruptedException {
        tasks.clear();
        tasks.add(new HelperTask("gone", OTHER, 8, Phase.MERGING, 0));
        assertThat(helpers.inTheWay("fromprod")).as("it has not died").isEmpty();
        steps.addAll(List.of(dies("the disk is full"), () -> true, dies("again")));
        lookAfterOrphans();
        assertThat(helpers.inTheWay("fromprod")).hasValueSatisfying(said -> assertThat(said)
                .contains("server gone", "'" + OTHER + "'", "dies each time it is started (the disk is full)"));
        assertThat(helpers.leftToPromotion("fromprod")).isEqualTo(1);

        lookAfterOrphans();
        assertThat(helpers.inTheWay("fromprod"))
                .hasValueSatisfying(said -> assertThat(said).contains("(again)"));
        steps.add(() -> true);
        steps.add(() -> {
            tasks.clear();
            return false;
        });
        lookAfterOrphans();
        assertThat(helpers.inTheWay("fromprod")).isEmpty();
        assertThat(helpers.leftToPromotion("fromprod")).isZero();
    }

    /** What is to be resized holds nothing, and a record that cannot be read may stay so for long (HB-154). */
    @Test
    @Tag("HB-019")
    void shouldKeepNobodyFromAPromotionWhoseFileCannotBeResized() throws InterruptedException {
        assertThat(helpers.leftToPromotion("fromprod")).isEqualTo(1);
        steps.add(dies("Cannot read FOF item '7'"));
        look();

        assertThat(helpers.leftToPromotion("fromprod")).isZero();
        assertThat(helpers.inTheWay("fromprod")).isEmpty();
        assertThat(helpers.left("fromprod")).as("the database does not rest").isEqualTo(1);
    }

    /** It waited up to a minute, and a promotion is given up before. */
    @Test
    @Tag("HB-019")
    void shouldStartAgainAtOnceWhenItIsAskedTo() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            steps.add(dies("full"));
            look();
        }
        steps.add(() -> false);
        lookAfter(1_000);
        assertThat(stepped).hasSize(10);
        helpers.startAgain("fromprod");
        lookAfter(1);

        assertThat(stepped).hasSize(11);
    }

    /** Nobody was told, and a promotion waited for it for ever. */
    @Test
    @Tag("HB-019")
    @Tag("HB-146")
    void shouldCountAHelperWithoutAThreadAsOneThatDied() {
        tasks.clear();
        tasks.add(new HelperTask("fromprod", OTHER, 8, Phase.MERGING, 0));
        Helpers without = new Helpers(
                () -> tasks,
                this::step,
                name -> true,
                task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                now::get);
        without.look("fromprod", (code, values) -> said.add(code.text(values)));
        without.look("fromprod", (code, values) -> said.add(code.text(values)));

        assertThat(said).singleElement().asString().contains(OTHER.toString(), "unable to create native thread");
        assertThat(without.inTheWay("fromprod"))
                .hasValueSatisfying(why -> assertThat(why).contains("native thread"));
    }

    /** It was started each second, and nobody was told. */
    @Test
    @Tag("HB-019")
    void shouldSayAnyErrorThatAHelperDiedOf() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            steps.add(() -> {
                throw new NoClassDefFoundError("org/h2/Driver");
            });
        }
        for (int i = 0; i < 100; i++) {
            lookAfter(1_000);
        }
        assertThat(stepped).hasSizeBetween(2, 15);
        assertThat(said)
                .containsExactly(MessageCode.HELPER_DIED.text(FILE, "java.lang.NoClassDefFoundError: org/h2/Driver"));
    }
}
