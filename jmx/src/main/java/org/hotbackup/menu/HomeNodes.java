package org.hotbackup.menu;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeCopies;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;

/** The nodes that have their homes on this machine, reached as their local user. */
public final class HomeNodes implements Nodes {

    private final NodeHomes homes;

    /** The nodes of these homes. */
    public HomeNodes(NodeHomes homes) {
        this.homes = homes;
    }

    @Override
    public List<String> running() {
        List<NodeHome> all = homes.all();
        if (all.size() < 2) {
            return List.of(homes.find(null).name());
        }
        List<String> running =
                all.stream().filter(HomeNodes::runs).map(NodeHome::name).toList();
        if (running.isEmpty()) {
            throw new Refusal(MessageCode.MENU_NO_NODE_RUNS, all.get(0).name());
        }
        return running;
    }

    private static boolean runs(NodeHome home) {
        NodeProcess node = new NodeProcess(home);
        return node.running().isPresent() || node.runsElsewhere();
    }

    @Override
    public Link connect(String node) {
        NodeHome home = homes.find(node);
        if (new NodeProcess(home).running().isEmpty()) {
            // it has the same ports, and would answer in this one's place
            new NodeCopies(home).checkNoneRuns();
        }
        return Link.over(NodeConnection.to(home));
    }
}
