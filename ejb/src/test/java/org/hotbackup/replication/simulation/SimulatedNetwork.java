package org.hotbackup.replication.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.ServerStatus;

/**
 * Links as the bridge makes them: the slave hears all callers through one inbox and its answers reach all of them. Frames
 * are late, or damaged; with a cut they are lost, or come later, even into the next conversation, even twice. A direction may be dead
 * without anybody being told.
 */
final class SimulatedNetwork {

    private final World world;
    private final List<Calling> callers = new ArrayList<>();
    private Listening listening;
    private boolean losesNone;
    private boolean noRoute;
    private boolean deadToSlave;
    private boolean deadToMaster;

    SimulatedNetwork(World world) {
        this.world = world;
    }

    /** From now on a frame is lost with its connection only, as TCP promises; else chance loses single ones too. */
    void loseNoSingleFrames() {
        losesNone = true;
    }

    /** Nobody gets through any more. */
    void cut() {
        world.count("cuts");
        List.copyOf(callers).forEach(caller -> caller.breakDown("the connection was reset", world.delay(10, 3_000)));
    }

    void route(boolean open) {
        noRoute = !open;
        if (noRoute) {
            cut();
        }
    }

    void dead(boolean toSlave, boolean toMaster) {
        deadToSlave = toSlave && !losesNone;
        deadToMaster = toMaster && !losesNone;
    }

    /** Whether anybody listens. */
    boolean isListening() {
        return listening != null;
    }

    /** Whether anybody has called. */
    boolean isCalled() {
        return !callers.isEmpty();
    }

    Link call(SimulatedServer server, Runnable wake) throws LinkDownException {
        server.checkDoing(ServerStatus.WAIT_RESPONSE_TO_CALL);
        if (noRoute || listening == null) {
            throw new LinkDownException("connection refused");
        }
        if (world.trouble(20, "calls that failed")) {
            throw new LinkDownException("connection timed out");
        }
        Calling caller = new Calling(server, wake);
        callers.add(caller);
        return caller;
    }

    Link listen(SimulatedServer server, Runnable wake) throws LinkDownException {
        if (listening != null) {
            throw new LinkDownException("the port is in use");
        }
        listening = new Listening(server, wake);
        return listening;
    }

    /** The machine is gone, and its ends of all links with it. */
    void crash(Machine machine) {
        if (listening != null && listening.server.machine() == machine) {
            listening.close();
        }
        for (Calling caller : List.copyOf(callers)) {
            if (caller.server.machine() == machine) {
                callers.remove(caller);
                caller.over = true;
            }
        }
    }

    private byte[] onTheWay(byte[] frame) {
        if (world.trouble(800, "frames cut short")) {
            return Arrays.copyOf(frame, world.between(0, frame.length - 1));
        }
        if (!world.trouble(400, "frames damaged")) {
            return frame;
        }
        byte[] damaged = frame.clone();
        damaged[world.between(0, frame.length - 1)] ^= (byte) (1 << world.between(0, 7));
        return damaged;
    }

    /** One end. */
    private abstract class End implements Link {

        final SimulatedServer server;
        final Runnable wake;
        final Deque<byte[]> inbox = new ArrayDeque<>();
        String broken;

        End(SimulatedServer server, Runnable wake) {
            this.server = server;
            this.wake = wake;
        }

        void receive(byte[] frame) {
            inbox.addLast(frame);
            server.machine().later(0, wake);
        }

        @Override
        public Optional<byte[]> poll() throws LinkDownException {
            if (inbox.isEmpty() && broken != null) {
                throw new LinkDownException(broken);
            }
            return Optional.ofNullable(inbox.pollFirst());
        }

        void checkUp() throws LinkDownException {
            if (broken != null) {
                throw new LinkDownException(broken);
            }
        }
    }

    private final class Listening extends End {

        Listening(SimulatedServer server, Runnable wake) {
            super(server, wake);
        }

        @Override
        public void send(byte[] frame) throws LinkDownException {
            server.checkDoing(ServerStatus.WRITING_TO_NETWORK);
            checkUp();
            for (Calling caller : callers) {
                if (deadToMaster || !losesNone && world.trouble(400, "frames lost to the master")) {
                    continue;
                }
                caller.toMasterUntil = Math.max(caller.toMasterUntil, world.now() + world.delay(4, 60));
                world.later(caller.toMasterUntil - world.now(), () -> {
                    if (callers.contains(caller)) {
                        caller.receive(onTheWay(frame));
                    }
                });
            }
        }

        @Override
        public String peer() {
            return callers.isEmpty() ? "" : "10.0.0.1:4711";
        }

        @Override
        public void close() {
            if (listening == this) {
                listening = null;
                broken = "the link is closed";
                List.copyOf(callers).forEach(c -> c.breakDown("the slave hung up", world.delay(10, 1_000)));
            }
        }
    }

    private final class Calling extends End {

        private long toSlaveUntil;
        private long toMasterUntil;
        private boolean over;

        Calling(SimulatedServer server, Runnable wake) {
            super(server, wake);
        }

        @Override
        public void send(byte[] frame) throws LinkDownException {
            server.checkDoing(ServerStatus.WRITING_TO_NETWORK);
            checkUp();
            if (deadToSlave || !losesNone && world.trouble(400, "frames lost to the slave")) {
                return;
            }
            if (!losesNone && world.trouble(400, "frames overtaken")) {
                deliver(frame, Math.max(0, toSlaveUntil - world.now()) + world.between(5, 200));
                return;
            }
            toSlaveUntil = Math.max(toSlaveUntil, world.now() + world.delay(4, 60));
            deliver(frame, toSlaveUntil - world.now());
            if (world.trouble(1_000, "frames of nonsense")) {
                deliver(world.bytes(100), 0);
            }
            if (world.trouble(50, "frames repeated later")) {
                deliver(frame, toSlaveUntil - world.now() + world.between(50, 8_000));
            }
        }

        private void deliver(byte[] frame, long delay) {
            world.later(delay, () -> {
                boolean lost = over && (losesNone || world.oneIn(2));
                if (!lost && listening != null) {
                    if (over) {
                        world.count("frames from older connections");
                    }
                    listening.receive(onTheWay(frame));
                }
            });
        }

        void breakDown(String reason, long noticedAfter) {
            callers.remove(this);
            over = true;
            server.machine().later(noticedAfter, () -> {
                broken = reason;
                wake.run();
            });
        }

        @Override
        public boolean isWriting() {
            return toSlaveUntil > world.now();
        }

        @Override
        public String peer() {
            return "10.0.0.2:2000";
        }

        @Override
        public void close() {
            callers.remove(this);
            over = true;
            broken = "the link is closed";
        }
    }
}
