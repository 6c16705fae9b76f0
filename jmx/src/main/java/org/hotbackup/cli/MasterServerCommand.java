package org.hotbackup.cli;

import org.hotbackup.control.ServerMXBean;

/** A verb for a master server: the only one of the node need not be named, whatever slave servers stand beside it. */
abstract class MasterServerCommand extends ServerCommand {

    @Override
    final boolean isFor(ServerMXBean server) {
        return server.getServerType().equals("Master");
    }
}
