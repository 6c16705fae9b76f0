package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRoleTest {

    @ParameterizedTest
    @CsvSource({"'', alone", "Master, master", "Master Master, master", "Slave, slave", "Slave Master, cascade"})
    void shouldBeThatOfItsServers(String servers, String role) {
        List<Boolean> masters = Arrays.stream(servers.split(" "))
                .filter(server -> !server.isEmpty())
                .map("Master"::equals)
                .toList();

        assertThat(NodeControl.role(masters)).isEqualTo(role);
    }
}
