package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One command at a time, as long as it is heard of. */
class ResyncHolderTest {

    private long now;
    private final ResyncHolder holder = new ResyncHolder(
            "standby", Clock.fixed(Instant.parse("2026-11-22T12:00:00.5Z"), ZoneOffset.UTC), () -> now);

    @Test
    void shouldRefuseASecondCommandAndSayWhoIsAtWorkSinceWhen() {
        holder.hold("one", "user ann");

        assertThatThrownBy(() -> holder.hold("two", "user bob"))
                .hasMessageContaining("node 'standby': user ann, since 2026-11-22T12:00:00Z");
        assertThat(holder.hears("two")).isFalse();
        holder.release("two");
        assertThat(holder.who()).startsWith("user ann");

        holder.release("one");
        holder.hold("two", "user bob");
        assertThat(holder.who()).startsWith("user bob");
    }

    @Test
    void shouldLetAnotherTakeThePlaceOfOneThatIsSilent() {
        holder.hold("one", "user ann");
        now += ResyncHolder.SILENCE_MILLIS - 1;
        assertThat(holder.silentMillis()).isEqualTo(now);
        assertThat(holder.hears("one")).isTrue();
        assertThat(holder.silentMillis()).isZero();
        now += ResyncHolder.SILENCE_MILLIS;
        assertThat(holder.who()).isEmpty();
        assertThat(holder.silentMillis()).isEqualTo(-1);

        holder.hold("two", "user bob");

        assertThat(holder.hears("one")).isFalse();
    }

    @Test
    void shouldKeepOneThatWasSilentIfNobodyTookItsPlace() {
        holder.hold("one", "user ann");
        now += 10 * ResyncHolder.SILENCE_MILLIS;

        assertThat(holder.hears("one")).isTrue();
        assertThatThrownBy(() -> holder.hold("two", "user bob")).hasMessageContaining("user ann");
    }

    /** Whoever called a step himself, while another resync held the node, was let do it. */
    @Test
    void shouldLetNobodyElseDoAStepWhileItWorksForACommand() {
        assertThatCode(() -> holder.require("")).doesNotThrowAnyException();
        holder.hold("one", "user ann");
        now += ResyncHolder.SILENCE_MILLIS - 1;

        assertThatCode(() -> holder.require("one")).doesNotThrowAnyException();
        assertThat(holder.silentMillis()).as("it was heard of").isZero();
        for (String other : List.of("", "two")) {
            assertThatThrownBy(() -> holder.require(other))
                    .hasMessageContaining("Another resync works on node 'standby'");
        }

        now += ResyncHolder.SILENCE_MILLIS;
        assertThatCode(() -> holder.require("")).doesNotThrowAnyException();
        holder.hold("two", "user bob");
        holder.release("two");
        assertThatThrownBy(() -> holder.require("one"))
                .hasMessageContaining("heard nothing of this resync for too long");
    }

    @Test
    void shouldKeepWhatIsHalfAndWhatIsToBeProvedInItsItem() {
        UnfinishedResync resync = UnfinishedResync.of("fromprod", List.of("dm", "sales"), 7, false)
                .withHalf("sales");
        assertThat(UnfinishedResync.ofItem(resync.toItem())).isEqualTo(resync);
        assertThat(resync.withRestored("dm", 1).half()).isEqualTo("sales");

        UnfinishedResync all =
                resync.withRestored("dm", 1).withRestored("sales", 2).withoutProof(95);

        assertThat(all.half()).isEmpty();
        assertThat(UnfinishedResync.ofItem(all.toItem())).isEqualTo(all);
    }
}
