package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stays known of a resync that was given up: half an image was promoted once, and everybody called it healthy. */
@Tag("TS-001")
class ResyncJournalTest {

    private static final String SLAVE = "fromprod";
    private static final List<String> ALL = List.of("dm", "sales", "shop");

    private final FilesInMemory files = new FilesInMemory();
    private ResyncJournal journal = newJournal();

    private ResyncJournal newJournal() {
        return new ResyncJournal(files.files(), () -> {}, "standby");
    }

    private void begun(List<String> wanted, boolean whole, UnaryOperator<UnfinishedResync> more) {
        UnfinishedResync resync = UnfinishedResync.of(SLAVE, wanted, 90, whole);
        journal.keep(more.apply(resync.withAnew(wanted, false)));
    }

    /** In the middle of the second of three. */
    private void abandonedInTheMiddle() {
        begun(ALL, true, resync -> resync.withRestored("dm", 10).withHalf("sales"));
        journal.abandon();
    }

    private void provedWithAll(List<String> wanted, boolean whole) {
        begun(wanted, whole, UnaryOperator.identity());
        wanted.forEach(unit -> journal.restored(unit, 1));
        journal.toBeProved(95);
        journal.proved(SLAVE, whole ? List.of() : wanted);
    }

    private void assertNotPromoted(String why) {
        assertThat(journal.loss(SLAVE, Optional.of(1_000L)))
                .get()
                .extracting(ImageLoss::why)
                .asString()
                .contains(why, "hot-backup resync --master NODE --slave standby");
        assertThat(journal.abandoned(SLAVE)).contains(why);
    }

    private void assertPromoted() {
        assertThat(journal.loss(SLAVE, Optional.of(1_000L))).isEmpty();
        assertThat(journal.abandoned(SLAVE)).isEmpty();
    }

    @Test
    void shouldLetHalfAnImageBeStartedAndNotPromotedAlsoAfterARestart() {
        abandonedInTheMiddle();
        journal = newJournal();

        assertNotPromoted("not made equal: sales shop; half restored: sales");
        assertThatCode(() -> journal.refuse(SLAVE)).doesNotThrowAnyException();
        assertThat(journal.now()).isEmpty();
        assertThat(journal.abandoned("fromother")).isEmpty();
    }

    @Test
    void shouldForgetItWhenTheWholeImageWasProvedOrTheServerIsDeleted() {
        abandonedInTheMiddle();
        provedWithAll(List.of("dm"), true);
        assertPromoted();

        abandonedInTheMiddle();
        journal.forgetServer(SLAVE);
        assertPromoted();
        assertThat(files.ids(FilePath.dictionary("dm", "hb.log"))).isEmpty();
    }

    @Test
    void shouldForgetOnlyWhatWasProved() {
        abandonedInTheMiddle();

        provedWithAll(List.of("sales", "shop,orders"), false);
        assertNotPromoted("not made equal: shop; half restored: none");
        provedWithAll(List.of("shop"), false);
        assertPromoted();
    }

    @Test
    void shouldStandUntilTheProofWasMade() {
        abandonedInTheMiddle();
        begun(ALL, true, resync -> resync.withRestored("dm", 1)
                .withRestored("sales", 1)
                .withRestored("shop", 1));
        assertThat(journal.loss(SLAVE, Optional.of(1_000L)))
                .get()
                .extracting(ImageLoss::why)
                .asString()
                .contains("is being made anew");
        assertThat(journal.abandoned(SLAVE)).isEmpty();

        journal.toBeProved(95);
        assertNotPromoted("not made equal: sales shop");
        journal.abandon();
        assertNotPromoted("not made equal: dm sales shop");
    }

    @Test
    void shouldSayWhatTheLastOneLeft() {
        abandonedInTheMiddle();
        begun(ALL, true, resync -> resync.withRestored("sales", 1).withHalf("shop"));
        journal.abandon();

        assertNotPromoted("not made equal: dm shop; half restored: shop");
    }

    @Test
    void shouldLeaveAnImageAloneThatNothingTouched() {
        begun(List.of("sales"), false, UnaryOperator.identity());
        journal.abandon();

        assertPromoted();
    }

    /** It was promoted while each account was one of another moment. */
    @Test
    void shouldNotLetAnImageBeReliedOnThatHasNotTheLogUpToTheEndOfItsSave() {
        begun(ALL, true, resync -> resync.withRestored("dm", 1)
                .withRestored("sales", 1)
                .withRestored("shop", 1));
        journal.toBeProved(95);
        journal.toBeProved(99);
        journal = newJournal();

        assertThat(journal.loss(SLAVE, Optional.empty())).get().satisfies(loss -> {
            assertThat(loss.what()).isEqualTo("91-95");
            assertThat(loss.why()).contains("up to LSN 95", "it has up to LSN 90");
        });
        assertThat(journal.loss(SLAVE, Optional.of(94L)))
                .get()
                .extracting(ImageLoss::what)
                .isEqualTo("95-95");
        assertPromoted();
        assertThat(journal.loss("fromother", Optional.of(1L))).isEmpty();
    }

    @Test
    void shouldPromoteHalfAnImageOnlyIfJustThatMayBeLost() {
        abandonedInTheMiddle();
        Optional<ImageLoss> loss = journal.loss(SLAVE, Optional.empty());

        assertThatThrownBy(() -> ImageLoss.refuseUnlessAccepted(SLAVE, loss, ""))
                .hasMessageContaining("half restored: sales")
                .hasMessageContaining("--lose sales+shop promotes it as it is");
        assertThatThrownBy(() -> ImageLoss.refuseUnlessAccepted(SLAVE, loss, "sales"))
                .hasMessageContaining("--lose sales+shop");
        assertThatCode(() -> ImageLoss.refuseUnlessAccepted(SLAVE, loss, "sales+shop"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ImageLoss.refuseUnlessAccepted(SLAVE, Optional.empty(), "sales"))
                .hasMessageContaining("nothing is lost");
    }

    /** What a resync through the log had proved stood as half an image for ever. */
    @Test
    void shouldForgetWhatWasProvedThroughTheLogIfThatIsAllThatWasMissing() {
        abandonedInTheMiddle();
        journal.proved("fromother", List.of());
        journal.proved(SLAVE, List.of("dm", "shop", "sales,orders"));
        assertNotPromoted("not made equal: sales; half restored: sales");
        journal.proved(SLAVE, List.of("sales"));
        assertPromoted();

        abandonedInTheMiddle();
        journal.proved(SLAVE, List.of());
        assertPromoted();
    }

    @Test
    void shouldGoOnToBeProvedIfOnlyAPartOfItWas() {
        begun(ALL, true, resync -> resync.withRestored("dm", 1)
                .withRestored("sales", 1)
                .withRestored("shop", 1));
        journal.toBeProved(95);

        journal.proved(SLAVE, List.of("sales"));
        assertThat(journal.now()).isPresent();
        journal.proved(SLAVE, List.of());
        assertThat(journal.now()).isEmpty();
    }

    /** Files that differed, and a slave that had not the log of its save, were promoted without a word after it. */
    @Test
    void shouldKnowOfAnImageThatWasGivenUpBeforeItWasProved() {
        begun(List.of("sales"), false, resync -> resync.withRestored("sales", 1));
        journal.toBeProved(95);

        journal.abandon();

        assertNotPromoted("not made equal: sales; half restored: none");
        journal.proved(SLAVE, List.of("sales"));
        assertPromoted();
    }

    /** Should the promotion not come to its end, it is still half an image. */
    @Test
    void shouldKnowOfHalfAnImageUntilItIsPromoted() {
        AtomicInteger cancelled = new AtomicInteger();
        begun(ALL, true, resync -> resync.withRestored("dm", 1));
        journal.begun("sales", cancelled::incrementAndGet);

        journal.giveUp(SLAVE);

        assertThat(cancelled).hasValue(1);
        assertThat(journal.now()).isEmpty();
        assertNotPromoted("not made equal: sales shop; half restored: sales");
    }
}
