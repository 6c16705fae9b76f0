package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import java.time.Clock;
import java.util.Set;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of work on a tape that ended before its end. */
@Tag("TS-001")
class TapeJobTest {

    private static TapeJob ended(TapeJob.Work work) {
        TapeJob job = new TapeJob("tape:t:1", "restore", "t", "prod", Clock.systemUTC(), work);
        job.run();
        return job;
    }

    @Test
    void shouldSayThatTheNodeIsBeingStopped() {
        TapeJob job = ended(of -> {
            throw new EJBException("the container is not running");
        });

        assertThat(job.isStopped()).isTrue();
        assertThat(job.receipt().messageId()).isEqualTo(MessageCode.TAPE_NODE_STOPPED.id());
    }

    @Test
    void shouldStillCallAFailureOfABeanOne() {
        TapeJob job = ended(of -> {
            throw new EJBException(new ArithmeticException("x"));
        });

        assertThat(job.isStopped()).isFalse();
        assertThat(job.receipt().messageId()).isEqualTo(MessageCode.INTERNAL_ERROR.id());
    }

    /** restore --overwrite, which looks through the tape first, said "Reel 1 is empty; give the image of a tape". */
    @Test
    void shouldSpeakOfTheDeviceIfNothingIsRecorded() {
        TapeJob job = ended(of -> OperationReceipt.done(MessageCode.TAPE_BEGUN, "restore", "t", "1"));

        assertThat(job.ofDevice(new Refusal(MessageCode.TAPE_EMPTY, 1)))
                .hasMessage(MessageCode.TAPE_DEVICE_BLANK.text("t"));
        Refusal other = new Refusal(MessageCode.TAPE_NOT_REPLACED, "");
        assertThat(job.ofDevice(other)).isSameAs(other);
    }

    @Test
    void shouldSayWhatStandsIfTheNodeIsClosedInTheMiddle() {
        TapeJob job = ended(of -> {
            of.done().done(12, 100);
            throw new Refusal(MessageCode.CLOSED_FOR_UPDATES, "by an admin");
        });

        assertThat(job.receipt().outcome()).isEqualTo(OperationReceipt.Outcome.REFUSED);
        assertThat(job.receipt().message())
                .contains("items restored before, which stand: 12")
                .doesNotContain("nothing was changed");
    }

    @Test
    void shouldSayAfterAKillWhatStands() {
        TapeDeviceDefinition file = TapeDeviceDefinition.parse("t t 500 f").get(0);
        TapeDeviceDefinition pipe = TapeDeviceDefinition.parse("p p 500 c").get(0);

        assertThat(message("restore", file, Set.of("heavy"))).contains("half restored: heavy; the same restore");
        assertThat(message("save", file, Set.of())).contains("the tape is as it was before");
        assertThat(message("save", pipe, Set.of())).contains("has no end");
    }

    /** The report began with "account-restore of :". */
    @Test
    void shouldNotSayOfWhatWhereThatIsNotKnown() {
        TapeDeviceDefinition file = TapeDeviceDefinition.parse("t t 500 f").get(0);

        assertThat(brokenOff("account-restore", file, Set.of()).title()).isEqualTo("account-restore");
    }

    private static TapeJob brokenOff(String kind, TapeDeviceDefinition device, Set<String> half) {
        return TapeJob.brokenOff("tape:t:1", kind, device, half, Clock.systemUTC());
    }

    private static String message(String kind, TapeDeviceDefinition device, Set<String> half) {
        return brokenOff(kind, device, half).receipt().message();
    }
}
