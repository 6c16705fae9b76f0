package org.hotbackup.server;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * For which command this node works in a resync: for one at a time, as long as that is heard of. It is kept nowhere, so what a
 * killed command or a killed node leaves keeps nobody out for longer than {@value #SILENCE_MILLIS} ms. Thread-safe.
 */
public final class ResyncHolder {

    /** Who is not heard of for so long, in milliseconds, has gone. */
    static final long SILENCE_MILLIS = 5_000;

    private final String node;
    private final Clock clock;
    private final LongSupplier millis;
    private Optional<Holder> holder = Optional.empty();

    private record Holder(String command, String who, long heardMillis) {}

    /**
     * Nobody.
     *
     * @param node its name
     * @param clock since when, for people
     * @param millis a time that nobody sets
     */
    ResyncHolder(String node, Clock clock, LongSupplier millis) {
        this.node = node;
        this.clock = clock;
        this.millis = millis;
    }

    /**
     * From now on for this command.
     *
     * @param who for people
     * @throws Refusal if another one is at work
     */
    synchronized void hold(String command, String who) {
        present().filter(one -> !one.command.equals(command)).ifPresent(one -> {
            throw new Refusal(MessageCode.RESYNC_HELD, node, one.who);
        });
        String since = ", since " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        holder = Optional.of(new Holder(command, who + since, millis.getAsLong()));
    }

    /** Whether for this command; hears of it. Who was silent for long, and whose place nobody took, has it still. */
    public synchronized boolean hears(String command) {
        Optional<Holder> own = holder.filter(one -> one.command.equals(command));
        own.ifPresent(one -> holder = Optional.of(new Holder(command, one.who, millis.getAsLong())));
        return own.isPresent();
    }

    /**
     * Lets a step of a resync be done by the command that works here, and without one by anybody.
     *
     * @param command whose step it is; empty if it is none of a command
     * @throws Refusal if the node works for another one, or not for this one any more
     */
    public synchronized void require(String command) {
        boolean own = hears(command);
        present().filter(one -> !own).ifPresent(one -> {
            throw new Refusal(MessageCode.RESYNC_HELD, node, one.who);
        });
        if (!own && !command.isEmpty()) {
            throw new Refusal(MessageCode.RESYNC_TAKEN_OVER, node);
        }
    }

    synchronized void release(String command) {
        holder = holder.filter(one -> !one.command.equals(command));
    }

    /** Who, and since when; empty if nobody who was heard of. */
    public synchronized String who() {
        return present().map(Holder::who).orElse("");
    }

    /** How long it was not heard of, in milliseconds; -1 if there is none. */
    public synchronized long silentMillis() {
        return present().map(this::silent).orElse(-1L);
    }

    private Optional<Holder> present() {
        return holder.filter(one -> silent(one) < SILENCE_MILLIS);
    }

    private long silent(Holder one) {
        return millis.getAsLong() - one.heardMillis;
    }
}
