package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.junit.jupiter.api.Test;

class DefinedServersTest {

    private static final NoticeBoard NOBODY = new NoticeBoard((user, notice) -> {});

    private final DefinedServers servers = new DefinedServers();

    private ReplicationServer put(String name, String settings) {
        PermanentLog log = new PermanentLog(new FilesInMemory().files(), Clock.systemUTC(), Thread::new);
        ReplicationServer server = new ReplicationServer(
                ServerDefinition.of(name, ServerSettings.parse(settings), 0), log, NOBODY, Clock.systemUTC());
        servers.put(server);
        return server;
    }

    @Test
    void shouldFindServersByNameAndSaySoIfThereIsNone() {
        ReplicationServer master = put("todev", "type=master host=a port=2000");
        ReplicationServer slave = put("fromprod", "type=slave port=2001");

        assertThat(servers.server("todev")).isSameAs(master);
        assertThat(servers.slave("fromprod")).isSameAs(slave);
        assertThat(servers.all()).containsExactly(slave, master);
        assertThat(servers.masters()).containsExactly(master);
        assertThatThrownBy(() -> servers.slave("todev")).hasMessage(MessageCode.SLAVE_ONLY.text());
        assertThatThrownBy(() -> servers.server("other")).hasMessage(MessageCode.NO_SERVER.text("other"));

        servers.remove("todev");
        assertThat(servers.find("todev")).isEmpty();
    }

    @Test
    void shouldNameRecordsThatCannotBeUsedAndSayWhy() {
        put("todev", "type=master host=a port=2000");
        servers.putUnusable(Map.of("broken", "it has no type", "not a name", "it has no type"));

        assertThat(servers.names()).containsExactly("broken", "todev");
        assertThat(servers.unusable("todev")).isEmpty();
        assertThatThrownBy(() -> servers.server("broken"))
                .hasMessage(MessageCode.SERVER_UNUSABLE.text("broken", "it has no type"));
        assertThatThrownBy(() -> servers.refuseUnusable("not a name"))
                .hasMessage(MessageCode.SERVER_UNUSABLE.text("not a name", "it has no type"));

        servers.removeUnusable("broken");
        assertThat(servers.names()).containsExactly("todev");
    }

    /** A record that cannot be read may be a master's: what is not logged now never reaches its slave. */
    @Test
    void shouldTakeARecordThatCannotBeUsedForAMasters() {
        put("fromprod", "type=slave port=2001");
        assertThat(servers.mayHaveMaster("")).isFalse();
        put("todev", "type=master host=a port=2000");
        assertThat(servers.mayHaveMaster("")).isTrue();
        assertThat(servers.mayHaveMaster("todev")).isFalse();
        servers.putUnusable(Map.of("broken", "it has no type"));
        assertThat(servers.mayHaveMaster("todev")).isTrue();
    }

    @Test
    void shouldTellWhichServersAreThereAndWhichComeAndGo() {
        List<String> told = new ArrayList<>();
        put("todev", "type=master host=a port=2000");
        servers.onChange((name, present) -> told.add(name + " " + present));
        servers.tell("fromprod", true);
        servers.onChange((name, present) -> told.add("second " + name + " " + present));
        servers.tell("fromprod", false);

        assertThat(told)
                .containsExactly(
                        "todev true", "fromprod true", "second todev true", "fromprod false", "second fromprod false");
    }
}
