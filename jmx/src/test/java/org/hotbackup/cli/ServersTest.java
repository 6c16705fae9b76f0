package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;

/** A new user was told to say which server, and no command said which ones there are, or what they do. */
class ServersTest {

    private static final String NODE_ID = "9b0cdc2c-3a36-4ed3-9c0f-8c7f7b0a9f11";

    private static ServerMXBean server(Map<String, Object> attributes) {
        return (ServerMXBean) Proxy.newProxyInstance(
                ServerMXBean.class.getClassLoader(), new Class<?>[] {ServerMXBean.class}, (p, m, g) -> {
                    Object value = attributes.get(m.getName().replaceFirst("get|is", ""));
                    if (value != null) {
                        return value;
                    }
                    return m.getReturnType() == String.class
                            ? ""
                            : m.getReturnType() == int.class ? (Object) (-1) : -1L;
                });
    }

    /** A standing refusal was in {@code status} only, and here "Connected" with nothing else. */
    @Test
    void shouldListAllServersWithTypeStatusPeerTransactionsAndWhyNothingFlows() {
        ServerMXBean master = server(Map.of(
                "Name",
                "todev",
                "ServerType",
                "Master",
                "Status",
                "Idle",
                "Running",
                true,
                "TcpPort",
                2000,
                "Peer",
                "127.0.0.1:2000",
                "CurrentTransaction",
                1041L,
                "AckedTransaction",
                1039L,
                "Waiting",
                2L,
                "PeerNodeId",
                NODE_ID));
        ServerMXBean slave = server(Map.of(
                "Name",
                "fromprod",
                "ServerType",
                "Slave",
                "Status",
                "Stopped",
                "Running",
                false,
                "TcpPort",
                2001,
                "CurrentTransaction",
                0L,
                "AckedTransaction",
                0L,
                "Trouble",
                "BIND: port 2001 is taken",
                "Waiting",
                7L));
        ServerMXBean corrupt = server(Map.of("Name", "broken", "ServerType", "Unusable", "Running", false));

        assertThat(Servers.text(List.of(master, slave, corrupt)).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "Server Type Status Port Peer Cur trans ACK'ed trans Waiting Node id of peer",
                        "todev Master Idle 2000 127.0.0.1:2000 1041 1039 2 " + NODE_ID,
                        "fromprod Slave Stopped 2001 - - - 7 -",
                        "broken Unusable - - - - - -",
                        "fromprod: BIND: port 2001 is taken");
    }

    @Test
    void shouldSayHowToMakeTheFirstServer() {
        assertThat(Servers.text(List.of())).isEqualTo(MessageCode.NO_SERVER_AT_ALL.text());
    }

    @Test
    void shouldPointToTheListWhereAServerIsAskedFor() {
        assertThat(MessageCode.NO_SERVER.text("x")).contains("hot-backup servers");
        assertThat(MessageCode.WHICH_SERVER.text("a, b")).contains("(a, b)", "hot-backup servers");
    }
}
