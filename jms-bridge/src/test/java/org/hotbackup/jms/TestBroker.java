package org.hotbackup.jms;

import java.nio.file.Path;

/** Brokers on a disk with room enough. */
final class TestBroker {

    private TestBroker() {}

    static Broker in(Path home) {
        return new Broker(home.resolve("data"), new DiskSpace(() -> Long.MAX_VALUE, 0), reason -> {});
    }
}
