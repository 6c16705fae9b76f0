package org.hotbackup.resync;

import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;

/** The tape-socket pair of a resync: an output server on the master's node and an input server on the slave's. */
final class TapePair {

    private static final int BLOCK_BYTES = 32_768;

    private final TapeEnd out;
    private final TapeEnd in;

    TapePair(ControlDirectory master, ControlDirectory slave, String reason, ResyncWatch watch) {
        this.out = TapeEnd.ofMaster(master, reason, watch);
        this.in = TapeEnd.ofSlave(slave, reason, watch);
    }

    /**
     * Sets it up and starts it, in the place of one that was left behind.
     *
     * @param host at which the master's node calls
     * @param calledPort and the port
     * @param port on which the slave's node listens
     */
    void open(String host, int calledPort, int port, boolean insecure) {
        close();
        String security = insecure ? " insecure=on" : "";
        String input = in.server();
        done(in.node().tapeSocket().setup(input, "direction=input port=" + port + " pipe=" + input + security));
        done(in.node().tapeServer(input).start(""));
        String output = out.server();
        done(out.node()
                .tapeSocket()
                .setup(
                        output,
                        "direction=output host=" + host + " port=" + calledPort + " pipe=" + output + " block-size="
                                + BLOCK_BYTES + security));
        done(out.node().tapeServer(output).start("s"));
    }

    /** Why nothing comes through; empty if one side does not refuse the other. */
    String refusal() {
        String refused = out.node().tapeServer(out.server()).getRefusal();
        return refused.isEmpty() ? in.node().tapeServer(in.server()).getRefusal() : refused;
    }

    /** Ends both servers and what works on their pipes, and deletes them. */
    void close() {
        steps().forEach(Runnable::run);
    }

    /** As {@link #close}, as far as that is possible: a node may be gone. */
    void giveUp() {
        steps().forEach(step -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                // what failed before is told, and the next call does this first
            }
        });
    }

    private List<Runnable> steps() {
        return List.of(out::cancel, in::cancel, out::delete, in::delete);
    }

    private static void done(OperationReceipt receipt) {
        Answers.done(receipt);
    }
}
