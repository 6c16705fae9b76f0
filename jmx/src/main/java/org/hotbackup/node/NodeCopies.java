package org.hotbackup.node;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The homes beside a home that have the same identity: copies of it, or what it was copied from. Peers cannot tell them
 * apart, and they have the same ports.
 */
public final class NodeCopies {

    private final NodeHome home;

    /** The copies of this home. */
    public NodeCopies(NodeHome home) {
        this.home = home;
    }

    /**
     * Makes sure that none of them runs.
     *
     * @throws Refusal if one does
     */
    public void checkNoneRuns() {
        for (NodeHome copy : all()) {
            if (new NodeProcess(copy).running().isPresent()) {
                throw new Refusal(MessageCode.NODE_COPY_RUNNING, home.name(), copy.name());
            }
        }
    }

    /** Says that there are some, a sentence for each. */
    void say(Consumer<String> to) {
        all().forEach(copy -> to.accept(MessageCode.NODE_COPY.text(home.name(), copy.name())));
    }

    private List<NodeHome> all() {
        Optional<String> id = home.nodeId();
        if (id.isEmpty()) {
            return List.of();
        }
        return new NodeHomes(home.folder().toAbsolutePath().getParent())
                .all().stream().filter(other -> isCopy(other, id)).toList();
    }

    private boolean isCopy(NodeHome other, Optional<String> id) {
        try {
            return !Files.isSameFile(home.folder(), other.folder())
                    && other.nodeId().equals(id);
        } catch (IOException | Refusal e) {
            // what cannot be read cannot be started either
            return false;
        }
    }
}
