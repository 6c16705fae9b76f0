package org.hotbackup.replication.simulation;

/** One of a master's slaves: the two servers with the network between them, and their comparison. */
record Replica(
        MasterServer server, SimulatedNetwork network, SimulatedSlave slave, SimulatedVerification verification) {

    /** The slave is restored from a copy of the master's image, and whoever is behind it from a copy of its. */
    void restore(Image image, long lsn) {
        slave.crash();
        slave.store().restore(slave.store().diskOf(image, lsn));
        slave.start();
        slave.next().ifPresent(next -> {
            MasterServer onward = slave.onward().orElseThrow();
            SimulatedLog log = slave.log().orElseThrow();
            long onwardLsn = log.lastCommitted();
            onward.stop();
            next.slave().crash();
            next.slave()
                    .store()
                    .restore(next.slave()
                            .store()
                            .diskOf(slave.store().disk().expected().image(), onwardLsn));
            onward.define(onwardLsn);
            onward.start(log);
            next.slave().start();
        });
    }

    @Override
    public String toString() {
        return server.status() + " with " + server.queue().depth() + " in the queue, comparison at work: "
                + verification.isAtWork();
    }
}
