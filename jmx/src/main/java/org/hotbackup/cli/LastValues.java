package org.hotbackup.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.hotbackup.node.NodeHomes;

/** The values that the arguments of tape-socket had the last time, in a file beside the nodes. */
final class LastValues {

    private static final String FILE = ".tape-socket.last";

    private final Path file;

    LastValues(Path file) {
        this.file = file;
    }

    static LastValues ofEnvironment() {
        return new LastValues(NodeHomes.ofEnvironment().base().resolve(FILE));
    }

    /** The value of this keyword, empty if it was never given. */
    Optional<String> of(String keyword) {
        return Optional.ofNullable(read().getProperty(keyword));
    }

    /** Keeps these; that it cannot be kept is no reason to refuse a command. */
    void keep(Map<String, String> values) {
        Properties all = read();
        Properties before = (Properties) all.clone();
        all.putAll(values);
        if (!all.equals(before)) {
            try (Writer out = Files.newBufferedWriter(file)) {
                all.store(out, null);
            } catch (IOException e) {
                // then . is what it was before
            }
        }
    }

    private Properties read() {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            all.load(in);
        } catch (IOException | IllegalArgumentException e) {
            // nothing was ever kept, or somebody wrote something else there
        }
        return all;
    }
}
