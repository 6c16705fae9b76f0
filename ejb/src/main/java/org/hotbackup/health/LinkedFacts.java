package org.hotbackup.health;

import java.util.Optional;

/**
 * What a tape-socket server that is linked to the transaction logger is like at one moment.
 *
 * @param name its name
 * @param output whether it sends the log; otherwise it applies what arrives
 * @param running whether it runs
 * @param refusal why nothing flows because one side refuses the other, a sentence; empty if it is not so
 * @param trouble input: why what arrived cannot be applied now, a clause; empty if that is not so
 * @param queue output: what waits in its queue; empty if that cannot be found out
 * @param lastMessage what it said last
 */
public record LinkedFacts(
        String name,
        boolean output,
        boolean running,
        String refusal,
        String trouble,
        Optional<Waiting> queue,
        String lastMessage) {

    /**
     * The queue of an output server.
     *
     * @param entries how many
     * @param bytes their bytes
     * @param ageMillis of the oldest, 0 if there is none
     */
    public record Waiting(long entries, long bytes, long ageMillis) {}

    /** The same, but that nothing is known of its queue. */
    LinkedFacts withoutQueue() {
        return new LinkedFacts(name, output, running, refusal, trouble, Optional.empty(), lastMessage);
    }
}
