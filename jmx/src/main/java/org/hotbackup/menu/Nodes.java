package org.hotbackup.menu;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ControlDirectory;

/** The nodes that a menu can work with, and the way to them. May take its time; never called where keys wait. */
public interface Nodes {

    /** A way to a node's control beans. */
    interface Link extends AutoCloseable {

        ControlDirectory controls();

        @Override
        void close();

        /** Over a connection, which it closes. */
        static Link over(NodeConnection connection) {
            return new Link() {
                @Override
                public ControlDirectory controls() {
                    return connection;
                }

                @Override
                public void close() {
                    connection.close();
                }
            };
        }
    }

    /**
     * The names of the nodes that can be chosen, at least one.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is none
     */
    List<String> running();

    /**
     * Connects to one.
     *
     * @throws org.hotbackup.control.messages.Refusal if it does not answer
     */
    Link connect(String node);

    /** Who is logged in by a password has another one from now on. */
    default void passwordChanged(String password) {
        // of this machine's nodes the owner of the homes is let in without one of his own
    }
}
