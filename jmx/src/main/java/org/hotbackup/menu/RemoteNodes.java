package org.hotbackup.menu;

import java.util.List;
import org.hotbackup.client.RemoteNode;

/** A node of another machine, reached over its remote JMX as one of its users. */
public final class RemoteNodes implements Nodes {

    private final RemoteNode node;
    private volatile String password;

    /** This one only, with the password of its user. */
    public RemoteNodes(RemoteNode node, String password) {
        this.node = node;
        this.password = password;
    }

    @Override
    public List<String> running() {
        return List.of(node.host() + ":" + node.port());
    }

    @Override
    public Link connect(String address) {
        return Link.over(node.connect(password));
    }

    @Override
    public void passwordChanged(String password) {
        this.password = password;
    }
}
