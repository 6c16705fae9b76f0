package org.hotbackup.replication.simulation;

import java.util.List;

/** What goes wrong from outside: machines, networks, disks and clocks. */
final class Faults {

    private final World world;
    private final List<SimulatedNetwork> networks;
    private final SimulatedMaster master;
    private final List<SimulatedSlave> slaves;

    Faults(World world, List<SimulatedNetwork> networks, SimulatedMaster master, List<SimulatedSlave> slaves) {
        this.world = world;
        this.networks = networks;
        this.master = master;
        this.slaves = slaves;
    }

    /** Plans some faults for the time to come. */
    void plan(int howMany, int overMillis) {
        for (int i = 0; i < howMany; i++) {
            world.later(world.between(500, overMillis), this::happen);
        }
    }

    private void happen() {
        if (world.isCalm()) {
            return;
        }
        SimulatedNetwork network = world.oneOf(networks);
        SimulatedSlave slave = world.oneOf(slaves);
        switch (world.between(1, 15)) {
            case 1, 2 -> crash(master);
            case 3, 4 -> crash(slave);
            case 5 -> {
                crash(master);
                slaves.forEach(this::crash);
            }
            case 6, 7 -> network.cut();
            case 8 -> {
                network.route(false);
                world.later(world.between(100, 8_000), () -> network.route(true));
            }
            case 9 -> {
                boolean toSlave = world.oneIn(2);
                network.dead(toSlave, !toSlave || world.oneIn(4));
                world.count("dead directions");
                world.later(world.between(500, 20_000), () -> network.dead(false, false));
            }
            case 10 -> slave.store().block(world.between(500, 9_000));
            case 11 -> world.oneOf(master.servers()).queue().unavailable(world.between(100, 5_000));
            case 12 -> (world.oneIn(2) ? master : slave).pause(world.between(1_000, 70_000));
            case 13, 14 -> {
                slave.applyUpdates(false);
                world.count("periods without applying");
                world.later(world.between(500, 10_000), () -> slave.applyUpdates(true));
            }
            default -> world.jumpClock(world.oneIn(2) ? -3_600_000L : 864_000_000L);
        }
    }

    private void crash(Machine machine) {
        machine.crash();
        world.later(world.between(10, 3_000), machine::start);
    }

    /** A machine that died in the middle of a step comes back as well. */
    void crashed(Machine machine) {
        crash(machine);
    }

    /** Everything works again. */
    void heal() {
        world.calmDown();
        networks.forEach(network -> {
            network.route(true);
            network.dead(false, false);
        });
        master.start();
        for (SimulatedSlave slave : slaves) {
            slave.start();
            slave.applyUpdates(true);
        }
    }
}
