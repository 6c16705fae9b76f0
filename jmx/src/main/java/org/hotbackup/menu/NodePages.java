package org.hotbackup.menu;

import java.util.List;

/** Where one of the nodes of this machine is chosen. */
final class NodePages {

    private NodePages() {}

    static Menu selection(List<String> nodes) {
        return new Menu(
                "Select Node",
                nodes.stream()
                        .map(node -> new Choice(Text.safe(node), "", session -> session.connect(node)))
                        .toList());
    }
}
