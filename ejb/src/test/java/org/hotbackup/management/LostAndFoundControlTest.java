package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.MemoryImage;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.apply.Replay;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.ServersForTests;
import org.hotbackup.store.LostAndFoundDesk;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Test;

class LostAndFoundControlTest {

    private static final ItemId ID = ItemId.of("19910517-103015-000-fromprod-7");

    private final MemoryImage image = new MemoryImage();
    private final List<Boolean> logged = new ArrayList<>();
    private final LostItem record = new LostItem(
            ID,
            LostAndFoundType.TIME_OUT,
            "ItemDeleted",
            "fromprod",
            0,
            0,
            7,
            6,
            "why",
            "",
            LogEntryCodec.encode(
                    List.of(new Update.ItemDeleted(FilePath.data("world", "countries"), ItemId.of("CH")))));

    private OperationReceipt replayWith(ReplicationServers servers) {
        Overtaken.Changes changes = new Overtaken().change();
        changes.keep(record, image);
        changes.write(image);
        LostAndFoundControl control = new LostAndFoundControl();
        control.desk = new LostAndFoundDesk() {
            @Override
            public LostItem show(ItemId id) {
                return record;
            }

            @Override
            public Replay replay(ItemId id, boolean autoCreate, boolean logSlaveUpdate) {
                logged.add(logSlaveUpdate);
                return new Replay(id, image);
            }
        };
        control.servers = servers;
        return control.replay(ID.toString());
    }

    /** Servers that nobody listens to. */
    private static class Silent extends ReplicationServers {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void say(String server, MessageCode code, Object... values) {
            // nobody listens
        }
    }

    /** Engine review, finding 11: after a promotion its slaves did not get what was replayed. */
    @Test
    void shouldLogWhatIsReplayedAfterTheSlaveServerWasDeleted() {
        assertThat(replayWith(new Silent()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(logged).containsExactly(true);
    }

    /** Review by requirements, finding c4: after the way back a master server has the name of the record's server. */
    @Test
    void shouldLogWhatIsReplayedWhereTheServerIsAMasterNow() {
        Silent servers = new Silent() {
            @Override
            public List<String> names() {
                return List.of("fromprod");
            }

            @Override
            public ReplicationServer server(String name) {
                return ServersForTests.stopped(name, "type=master host=a port=2000");
            }
        };
        assertThat(replayWith(servers).outcome()).isEqualTo(Outcome.DONE);
        assertThat(logged).containsExactly(true);
    }
}
