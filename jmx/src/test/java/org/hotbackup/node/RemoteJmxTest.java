package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteJmxTest {

    private static Optional<RemoteJmx> of(String host, String port) {
        Properties properties = new Properties();
        properties.setProperty("hotbackup.jmx.remote.host", host);
        properties.setProperty("hotbackup.jmx.remote.port", port);
        properties.setProperty("hotbackup.http.port", "8080");
        properties.setProperty("hotbackup.jmx.port", "9090");
        return RemoteJmx.of(NodeSettings.of("node.properties", properties));
    }

    @Test
    void shouldBeOffByDefault() {
        assertThat(RemoteJmx.of(NodeSettings.of(key -> Optional.empty()))).isEmpty();
        assertThat(of(" ", "")).isEmpty();
    }

    @Test
    void shouldSayWhereConsolesReachTheNode() {
        assertThat(of("localhost", " 9443 ")).contains(new RemoteJmx("localhost", 9443));
        assertThat(new RemoteJmx("::1", 9443).url()).isEqualTo("service:jmx:rmi:///jndi/rmi://[::1]:9443/jmxrmi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            ""        | 9443  | hotbackup.jmx.remote.port is given in node.properties and hotbackup.jmx.remote.host is not
            localhost | ""    | hotbackup.jmx.remote.host is given in node.properties and hotbackup.jmx.remote.port is not
            localhost | x     | 'x' in node.properties is no value of hotbackup.jmx.remote.port
            localhost | 0     | '0' in node.properties is no value of hotbackup.jmx.remote.port
            localhost | 65536 | '65536' in node.properties is no value of hotbackup.jmx.remote.port
            localhost | 8080  | port 8080: hotbackup.http.port is the same one
            localhost | 9090  | port 9090: hotbackup.jmx.port is the same one
            0.0.0.0   | 9443  | host '0.0.0.0': it stands for every address
            ::        | 9443  | host '::': it stands for every address
            192.0.2.1 | 9443  | host '192.0.2.1': this machine has no address of that name
            a b       | 9443  | host 'a b': no such host is known
            """)
    void shouldSayWhatCannotBeUsed(String host, String port, String sentence) {
        assertThatThrownBy(() -> of(host, port)).isInstanceOf(Refusal.class).hasMessageContaining(sentence);
    }

    @Test
    void shouldNameThePortThatSomebodyElseHas() throws IOException {
        int port = Ports.free(Set.of());
        RemoteJmx remote = new RemoteJmx("localhost", port);
        remote.checkFree();

        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getByName("localhost"))) {
            assertThat(somebody.isBound()).isTrue();
            assertThatThrownBy(remote::checkFree)
                    .hasMessageContaining("TCP port " + port + " (remote JMX) is in use")
                    .hasMessageContaining("hotbackup.jmx.remote.port in node.properties");
        }
    }
}
