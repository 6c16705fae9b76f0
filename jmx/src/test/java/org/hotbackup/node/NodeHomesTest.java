package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHomesTest {

    @TempDir
    Path base;

    private NodeHome make(String name, String configuration) throws IOException {
        Path folder = Files.createDirectories(base.resolve(name));
        Files.writeString(folder.resolve("node.properties"), configuration);
        return new NodeHome(name, folder);
    }

    private NodeHomes homes() {
        return new NodeHomes(base);
    }

    @Test
    void shouldFindNodesAndPassOverOtherFolders() throws IOException {
        make("b", "");
        make("a", "");
        Files.createDirectory(base.resolve("c"));
        Files.writeString(base.resolve("d"), "");

        assertThat(homes().all()).extracting(NodeHome::name).containsExactly("a", "b");
    }

    @Test
    void shouldFindNothingWhereThereIsNothing() {
        assertThat(new NodeHomes(base.resolve("none")).all()).isEmpty();
        assertThatThrownBy(() -> homes().find(null))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no node yet; make one with hot-backup node create NAME.");
    }

    @Test
    void shouldTakeTheOnlyNodeIfNoneIsNamed() throws IOException {
        NodeHome only = make("a", "");

        assertThat(homes().find(null)).isEqualTo(only);
        assertThat(homes().find("a")).isEqualTo(only);
        assertThatThrownBy(() -> homes().find("A"))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no node 'A'; see hot-backup node list.");
    }

    @Test
    void shouldNotGuessWhichNodeIsMeant() throws IOException {
        make("a", "");
        make("b", "");

        assertThatThrownBy(() -> homes().find(null))
                .isInstanceOf(Refusal.class)
                .hasMessage("There are several nodes (a, b); say which one with --node NAME.");
    }

    @Test
    void shouldTellWhatIsWrongWithAConfiguration() throws IOException {
        NodeHome home = make("a", "hotbackup.jmx.port=many\n");

        assertThatThrownBy(home::httpPort)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("hotbackup.http.port is missing in " + home.configuration());
        assertThatThrownBy(home::jmxPort)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'many' in " + home.configuration() + " is no value of hotbackup.jmx.port");
        assertThatThrownBy(home::localSecret).isInstanceOf(Refusal.class).hasMessageContaining("secrets.properties");
    }

    @Test
    void shouldNotTakeANumberThatIsNoPort() throws IOException {
        NodeHome home = make("a", "hotbackup.http.port=70000\nhotbackup.jmx.port=0\n");

        assertThatThrownBy(home::httpPort).isInstanceOf(Refusal.class).hasMessageContaining("'70000'");
        assertThatThrownBy(home::jmxPort).isInstanceOf(Refusal.class).hasMessageContaining("'0' in ");
    }

    @Test
    void shouldMakeAddressesOnLoopback() throws IOException {
        NodeHome home = make("a", "hotbackup.http.port=8080\nhotbackup.jmx.port=8686\n");

        assertThat(home.webUrl()).isEqualTo("http://127.0.0.1:8080/");
        assertThat(home.jmxUrl()).isEqualTo("service:jmx:rmi:///jndi/rmi://127.0.0.1:8686/jmxrmi");
    }
}
