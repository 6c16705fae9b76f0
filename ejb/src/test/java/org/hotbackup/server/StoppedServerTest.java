package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may be done to servers that do not run, and what they answer. */
class StoppedServerTest {

    private static final NoticeBoard NOBODY = new NoticeBoard((user, notice) -> {});
    private static final String MASTER = "type=master host=a port=2000";
    private static final String SLAVE = "type=slave port=2000";

    private final FilesInMemory kept = new FilesInMemory();
    private final ServerRecords records = new ServerRecords(kept.files());

    private ReplicationServer server(String settings) {
        ServerDefinition definition = ServerDefinition.of("todev", ServerSettings.parse(settings), 17);
        PermanentLog log = new PermanentLog(kept.files(), Clock.systemUTC(), Thread::new);
        return new ReplicationServer(records.keep(definition), log, NOBODY, Clock.systemUTC());
    }

    /** A setup with another type deleted a master's queue without asking (R3). */
    @Test
    @Tag("HB-093")
    void shouldNotBecomeAServerOfAnotherType() {
        ReplicationServer master = server(MASTER);
        assertThatThrownBy(() -> master.setUp(ServerSettings.parse(SLAVE), records::keep))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.TYPE_IS_FIXED))
                .hasMessageContaining("'todev' is a master server")
                .hasMessageContaining("Delete it first");
        assertThat(records.read("todev").orElseThrow().settings().isMaster()).isTrue();

        ReplicationServer slave = server(SLAVE);
        assertThatThrownBy(() -> slave.setUp(ServerSettings.parse(MASTER), records::keep))
                .hasMessageContaining("'todev' is a slave server");
    }

    /** Nothing is blocked, said a stopped slave server and a master (R10). */
    @Test
    @Tag("HB-140")
    @Tag("HB-181")
    void shouldNotSayThatNothingIsBlockedWhereNobodyApplies() {
        assertThatThrownBy(() -> server(MASTER).askHead()).hasMessage(MessageCode.SLAVE_ONLY.text());
        assertThatThrownBy(() -> server(SLAVE).askHead()).hasMessage(MessageCode.SERVER_NOT_RUNNING.text("todev"));
    }

    /** Nothing is pending, said a server because it was stopped (R10). */
    @Test
    @Tag("HB-097")
    void shouldCountPendingUpdatesWhereTheyAre() {
        assertThat(server(SLAVE).pending(() -> 17)).isEqualTo(17);
    }

    @Test
    @Tag("HB-093")
    void shouldTakeOtherSettingsOfItsType() {
        ReplicationServer master = server(MASTER);
        master.setUp(ServerSettings.parse("type=master host=b port=2001"), records::keep);

        ServerDefinition changed = records.read("todev").orElseThrow();
        assertThat(changed.settings()).isEqualTo(ServerSettings.parse("type=master host=b port=2001"));
        assertThat(changed.definedAtLsn()).isEqualTo(17);
    }
}
