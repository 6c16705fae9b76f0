package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.FrameCodec;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Test;

/** The bytes of the examples in PROTOCOL.md are what this program writes and reads, and its refusals are those it names. */
class ProtocolPageTest {

    private static final long CONVERSATION = 0x0102030405060708L;
    private static final FilePath ORDERS = FilePath.data("sales", "orders");

    private final String page;

    ProtocolPageTest() throws Exception {
        page = Files.readString(Path.of("PROTOCOL.md"));
    }

    @Test
    void shouldShowABatchAsItIs() {
        byte[] entry = LogEntryCodec.encode(List.of(
                new ItemWritten(ORDERS, ItemId.of("1001"), new byte[] {'A', (byte) 0xFE, 'B'}),
                new ItemDeleted(ORDERS, ItemId.of("1000"))));
        Batch batch = new Batch(8, List.of(new LogEntry(12, 9, 1_700_000_000_000L, entry)));

        assertThat(examples().get(0)).isEqualTo(FrameCodec.encode(CONVERSATION, batch));
    }

    @Test
    void shouldShowAnAcknowledgementAsItIs() throws Exception {
        Acknowledge acknowledge = new Acknowledge(8, 12, new Totals(7, 1, 2));

        assertThat(examples().get(1)).isEqualTo(FrameCodec.encode(CONVERSATION, acknowledge));
        assertThat(FrameCodec.decode(examples().get(1))).isEqualTo(new FrameCodec.Received(CONVERSATION, acknowledge));
    }

    @Test
    void shouldNameRefusalsByTheirNumbers() {
        assertThat(page)
                .contains(
                        "| " + MessageCode.REFUSED_ANOTHER_MASTER.id() + " | slave |",
                        "| " + MessageCode.REFUSED_UNKNOWN_HISTORY.id() + " | either |",
                        "| " + MessageCode.REFUSED_POSITION_BEHIND.id() + " | master |",
                        "| " + MessageCode.REFUSED_POSITION_AHEAD.id() + " | master |",
                        "| " + MessageCode.REFUSED_POSITION_UNKNOWN.id() + " | master |",
                        "| " + MessageCode.REFUSED_EPOCH.id() + " | slave |",
                        "| " + MessageCode.REFUSED_PROMOTED.id() + " | slave |",
                        "| " + MessageCode.PROMOTION_UNDER_WAY.id() + " | slave |",
                        "| " + MessageCode.REFUSED_VERSION.id() + " | either |",
                        "| " + MessageCode.REFUSED_GAP.id() + " | slave |",
                        "| " + MessageCode.CONVERSATION_OVER.id() + " | slave |",
                        "| " + MessageCode.SLAVE_CANNOT_ANSWER.id() + " | slave |",
                        "| " + MessageCode.REFUSED_BAD_FRAME.id() + " | slave |",
                        "| " + MessageCode.BAD_NETWORK_MESSAGE.id() + " | either |");
    }

    /** The hex of each example, without what is said about it. */
    private List<byte[]> examples() {
        List<byte[]> examples = new ArrayList<>();
        Matcher block = Pattern.compile("```hex\\R(.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            String hex = block.group(1).replaceAll(" {4,}.*", "").replaceAll("\\s", "");
            examples.add(HexFormat.of().parseHex(hex));
        }
        return examples;
    }
}
