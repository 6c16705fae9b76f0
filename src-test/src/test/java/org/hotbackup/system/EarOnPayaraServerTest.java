package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.PayaraServer;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The EAR on a full application server does the same work: here it is the master of a Payara Micro node. */
@Tag("system")
class EarOnPayaraServerTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");

    @TempDir
    Path homes;

    @Test
    void shouldReplicateFromAFullServerToAMicroNode() throws Exception {
        NodeHomes nodes = new NodeHomes(homes);
        TestNode full = TestNode.create(nodes, "full", StoreKind.H2);
        try (TestNode standby = TestNode.create(nodes, "standby", StoreKind.H2);
                PayaraServer server = PayaraServer.start(
                        Path.of(System.getProperty("hotbackup.payara")),
                        Path.of(System.getProperty("hotbackup.h2")),
                        homes.resolve("domains"),
                        full.home())) {
            full.trust(standby);
            standby.trust(full);
            standby.start();
            server.deploy(Path.of(System.getProperty("hotbackup.ear")));
            assertThat(new NodeProcess(full.home()).runsElsewhere())
                    .as("it is said to run")
                    .isTrue();
            int port = Ports.free(Set.of());
            try (NodeConnection control = NodeConnection.to(full.home())) {
                done(standby.control().node().setup(Pair.SLAVE, "type=slave port=" + port));
                done(control.node().setup(Pair.MASTER, "type=master host=127.0.0.1 port=" + port));
                done(standby.control().server(Pair.SLAVE).start());
                done(control.server(Pair.MASTER).start());
                write(full.rest());

                Pair.awaitAcknowledged(control.server(Pair.MASTER), 60);

                assertThat(control.node().digest(FILE.toString()).items()).isEqualTo(1000);
                assertThat(standby.control().node().digest(FILE.toString()))
                        .isEqualTo(control.node().digest(FILE.toString()));
            }
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static void write(RestClient master) {
        master.createAccount("sales", DPointer.of("DL", 101));
        master.createFile(FILE, DPointer.of("DL", 101));
        for (int i = 0; i < 10; i++) {
            List<Update> updates = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                ItemId id = ItemId.of("order " + i + "/" + j);
                updates.add(new Update.ItemWritten(FILE, id, ("body of " + id).getBytes(StandardCharsets.UTF_8)));
            }
            master.execute(updates);
        }
    }
}
