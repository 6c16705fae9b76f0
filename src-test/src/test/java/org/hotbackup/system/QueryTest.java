package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both servers of a pair answer to a query when everything has been acknowledged. */
@Tag("system")
class QueryTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final int TRANSACTIONS = 20;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path homes;

    @Test
    @Tag("HB-110")
    void shouldAnswerInTheManualsLayout() {
        try (Pair pair = Pair.start(homes, StoreKind.H2)) {
            pair.master().rest().createAccount("sales", DPointer.of("DL", 7));
            pair.master().rest().createFile(FILE, DPointer.of("DL", 7));
            for (int i = 1; i <= TRANSACTIONS; i++) {
                pair.master().rest().write(FILE, ItemId.of("order" + i), new byte[1_000]);
            }
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            long acked = pair.masterServer().getAckedTransaction();

            List<String> master = pair.masterServer().query().lines().toList();
            List<String> slave = pair.slaveServer().query().lines().toList();

            assertThat(acked).isGreaterThanOrEqualTo(TRANSACTIONS);
            assertThat(master).hasSize(3);
            assertThat(master.get(0))
                    .matches("Server todev\\. PIB \\d+\\. PID \\d+\\. Server type Master\\. Traces (ON|OFF)\\.");
            assertThat(master.get(1)).matches("Total sent [1-9]\\d*K\\. ACK'ed trans " + acked + "\\.");
            assertThat(master.get(2)).matches("Status \\S.*");
            assertThat(slave).hasSize(3);
            assertThat(slave.get(0))
                    .matches("Server fromprod\\. PIB \\d+\\. PID \\d+\\. Server type Slave\\. Traces (ON|OFF)\\.");
            assertThat(slave.get(1))
                    .matches("Total recvd [1-9]\\d*K\\. Cur trans " + acked + "\\. ACK'ed trans " + acked
                            + "\\. updates applied\\.");
            assertThat(slave.get(2)).isEqualTo("Status Reading network");
        }
    }
}
