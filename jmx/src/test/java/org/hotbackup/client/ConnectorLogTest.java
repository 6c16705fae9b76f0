package org.hotbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that stopped in the middle of a call left warnings with the names of exceptions before the sentence. */
class ConnectorLogTest {

    @ParameterizedTest
    @ValueSource(strings = {"misc", "rmi"})
    void shouldLogNothingWhereAUserReads(String name) throws ReflectiveOperationException, IOException {
        Class.forName(NodeConnection.class.getName());
        JMXServiceURL nobody = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi");
        assertThatThrownBy(() -> JMXConnectorFactory.connect(nobody)).isInstanceOf(IOException.class);

        assertThat(Logger.getLogger("javax.management.remote." + name).isLoggable(Level.SEVERE))
                .isFalse();
    }
}
