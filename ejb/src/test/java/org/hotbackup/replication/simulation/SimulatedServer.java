package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.List;
import org.hotbackup.replication.ServerStatus;

/** A server on a machine. */
interface SimulatedServer {

    Machine machine();

    /** What it says that it is doing, at this very moment. */
    ServerStatus status();

    /** It is in the middle of something: whoever asked now would have to be told this (HB-112). */
    default void checkDoing(ServerStatus... expected) {
        ServerStatus said = status();
        check(
                List.of(expected).contains(said),
                "true status",
                "the server on the %s says %s while %s",
                machine().name,
                said,
                List.of(expected));
        machine().world.count("status " + said);
    }
}
