package org.hotbackup.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * All nodes of one user on this machine.
 *
 * @param base the folder that holds their homes
 */
public record NodeHomes(Path base) {

    /** The homes under {@code $HOTBACKUP_HOME}, by default {@code ~/.hot-backup}. */
    public static NodeHomes ofEnvironment() {
        String home = System.getenv("HOTBACKUP_HOME");
        return new NodeHomes(
                home == null || home.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".hot-backup")
                        : Path.of(home).toAbsolutePath());
    }

    /** All nodes, sorted by name. */
    public List<NodeHome> all() {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(base)) {
            return folders.map(folder -> new NodeHome(folder.getFileName().toString(), folder))
                    .filter(home -> Files.isRegularFile(home.configuration()))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw FileTrouble.unusable(base, e);
        }
    }

    /** Where a node of this name has its home, or would have it. */
    public NodeHome at(String name) {
        return new NodeHome(name, base.resolve(name));
    }

    /**
     * The node of this name, or the only one if no name is given.
     *
     * @throws Refusal if there is none, or several to choose from
     */
    public NodeHome find(String name) {
        List<NodeHome> homes = all();
        if (name != null) {
            return homes.stream()
                    .filter(home -> home.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> notThere(name));
        }
        if (homes.isEmpty()) {
            throw new Refusal(MessageCode.NO_NODE_AT_ALL);
        }
        if (homes.size() > 1) {
            throw new Refusal(
                    MessageCode.WHICH_NODE, homes.stream().map(NodeHome::name).collect(Collectors.joining(", ")));
        }
        return homes.get(0);
    }

    private Refusal notThere(String name) {
        boolean word = !name.isBlank() && !name.startsWith(".") && name.indexOf('/') < 0;
        return word && Files.isDirectory(base.resolve(name))
                ? new Refusal(MessageCode.NO_CONFIGURATION, name, base.resolve(name))
                : new Refusal(MessageCode.NO_NODE, name);
    }
}
