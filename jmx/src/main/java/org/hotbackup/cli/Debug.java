package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.Debugger;
import org.hotbackup.node.NodeHome;
import picocli.CommandLine.Command;

/** The manual's debugger form, for tests only (HB-131): a Java debugger takes the place of tandem. */
@Command(
        name = "debug",
        mixinStandardHelpOptions = true,
        description =
                "For tests only: says where a Java debugger finds a running server of a node that was started with"
                        + " node start NODE --debug.")
final class Debug extends ServerCommand {

    @Override
    void check() {
        super.check();
        if (remote != null) {
            throw new Refusal(MessageCode.NOT_REMOTE, spec.qualifiedName());
        }
    }

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        String name = server(connection);
        NodeHome home = node.home();
        Debugger debugger = Debugger.of(home).orElseThrow(() -> new Refusal(MessageCode.NO_DEBUGGER, home.name()));
        if (!connection.server(name).isRunning()) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, name);
        }
        return answer(OperationReceipt.done(
                MessageCode.DEBUGGER_IS_AT, name, debugger.address(), "hot-backup server " + name));
    }
}
