package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;
import static org.hotbackup.system.Orders.lines;

import java.nio.file.Path;
import java.util.List;
import org.hotbackup.testing.Fault;
import org.hotbackup.testing.FaultProxy.Direction;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What goes wrong inside a conversation of two real nodes: each fault stands in one line of the permanent log, and the
 * pair goes on and ends equal. The link is without TLS, so that the line can spoil what it carries.
 */
@Tag("system")
class LinkFaultsTest {

    private static final int BATCH = 3;
    private static final int ACKNOWLEDGE = 4;

    @TempDir
    static Path homes;

    private static Pair pair;
    private static Orders orders;

    @BeforeAll
    static void start() {
        pair = Pair.startInsecure(homes, StoreKind.H2);
        orders = new Orders(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @AfterEach
    void shouldEndEqual() {
        pair.line().mend();
        orders.shouldGoOnAndBeEqual();
    }

    private static void spoilTheNext(Direction direction, int frameType, Fault fault) {
        pair.line().spoilNext(direction, frameType, fault);
        orders.write();
        await(fault + " done", pair.line()::isSpoilt);
        orders.awaitAcknowledged();
    }

    @ParameterizedTest
    @Tag("FAULT-F12")
    @CsvSource({
        "FLIP_BIT, HB2030 Bad network message: the checksum of a frame is wrong",
        "UNKNOWN_VERSION, HB2027 Refused: protocol version 9 is not spoken here",
        "UNKNOWN_CODE, HB2030 Bad network message: unknown frame type 99",
        "OVERSIZED_FRAME, HB2030 Bad network message: a frame of",
        "OVERSIZED_PACKET, HB2125 The connection of 127.0.0.1 was ended because it announced more than",
        "SWAP, HB2029 Refused: transaction",
    })
    void shouldBeRefusedByTheSlaveInOneLine(Fault fault, String line) {
        int before = lines(pair.slave(), line).size();

        spoilTheNext(Direction.TO_SLAVE, BATCH, fault);

        await(line, () -> lines(pair.slave(), line).size() > before);
        spoilTheNext(Direction.TO_SLAVE, BATCH, fault);
        List<String> said = lines(pair.slave(), line);
        assertThat(said.subList(before, said.size())).doesNotHaveDuplicates();
        if (fault != Fault.SWAP) {
            // which names its transactions
            assertThat(said).hasSize(before + 1);
        }
    }

    @ParameterizedTest
    @Tag("FAULT-F12")
    @CsvSource({
        "FLIP_BIT, HB2030 Bad network message: the checksum of a frame is wrong",
        "UNKNOWN_VERSION, HB2027 Refused: protocol version 9 is not spoken here",
        "UNKNOWN_CODE, HB2030 Bad network message: unknown frame type 99",
        "OVERSIZED_FRAME, HB2030 Bad network message: a frame of",
    })
    void shouldBeRefusedByTheMasterInOneLine(Fault fault, String line) {
        int before = lines(pair.master(), line).size();

        spoilTheNext(Direction.TO_MASTER, ACKNOWLEDGE, fault);

        await(line, () -> lines(pair.master(), line).size() > before);
        assertThat(lines(pair.master(), line)).hasSize(before + 1);
    }

    @ParameterizedTest
    @Tag("FAULT-F6")
    @EnumSource
    void shouldNotMindAMessageThatComesTwice(Direction direction) {
        List<String> before = pair.slave().permanentLog();
        long applied = pair.slaveServer().getAppliedTotal();
        int writtenBefore = orders.written();

        spoilTheNext(direction, direction == Direction.TO_SLAVE ? BATCH : ACKNOWLEDGE, Fault.DUPLICATE);
        orders.write();
        orders.awaitAcknowledged();

        assertThat(pair.slaveServer().getAppliedTotal() - applied).isEqualTo(orders.written() - writtenBefore);
        assertThat(pair.slave().permanentLog()).isEqualTo(before);
    }

    @ParameterizedTest
    @Tag("FAULT-F4")
    @EnumSource
    void shouldCallAgainAfterACutInTheMiddleOfAMessage(Direction direction) {
        int before = lines(pair.master(), "HB2022 ").size();

        spoilTheNext(direction, direction == Direction.TO_SLAVE ? BATCH : ACKNOWLEDGE, Fault.CUT);

        await("one line", () -> lines(pair.master(), "HB2022 ").size() > before);
        assertThat(lines(pair.master(), "HB2022 ")).hasSize(before + 1);
    }

    @ParameterizedTest
    @Tag("FAULT-F4")
    @EnumSource
    void shouldCallAgainAfterOneDirectionWasDead(Direction direction) {
        int before = lines(pair.master(), "HB2022 ").size();

        pair.line().blackHole(direction);
        orders.write();
        await("one line", () -> lines(pair.master(), "HB2022 ").size() > before);
        pair.line().mend();
        orders.awaitAcknowledged();

        assertThat(lines(pair.master(), "HB2022 ")).hasSize(before + 1);
    }

    @Test
    @Tag("FAULT-F5")
    void shouldGoOnOverASlowLine() {
        List<String> before = pair.master().permanentLog();
        pair.line().delay(500);
        for (int i = 0; i < 10; i++) {
            orders.write();
        }
        orders.awaitAcknowledged();

        assertThat(pair.master().permanentLog()).isEqualTo(before);
    }

    @Test
    @Tag("FAULT-F6")
    void shouldRefuseAConversationThatIsRepeatedByteByByteInOneLine() {
        String line = "HB2129 Refused: a conversation of master server 'todev'";
        spoilTheNext(Direction.TO_SLAVE, BATCH, Fault.CUT);
        orders.write();
        orders.awaitAcknowledged();
        long applied = pair.slaveServer().getAppliedTotal();

        for (int i = 0; i < 3; i++) {
            pair.line().replay();
        }

        await(line, () -> !lines(pair.slave(), line).isEmpty());
        assertThat(lines(pair.slave(), line)).hasSize(1);
        assertThat(pair.slaveServer().getAppliedTotal()).isEqualTo(applied);
    }

    @Test
    @Tag("FAULT-F13")
    void shouldSayAtEachStartThatTheLinkIsInsecure() {
        String line = "HB2120 The link of server 'fromprod' is INSECURE";
        int before = lines(pair.slave(), line).size();
        assertThat(before).isPositive();

        pair.slaveServer().stop(Pair.SLAVE);
        pair.slaveServer().start();

        await(line, () -> lines(pair.slave(), line).size() == before + 1);
        assertThat(lines(pair.master(), "HB2120 ")).hasSize(1);
    }
}
