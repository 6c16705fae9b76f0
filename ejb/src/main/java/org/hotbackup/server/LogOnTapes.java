package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;

/**
 * The transaction log on tapes of this node, {@code startlog} and {@code stoplog}: a linked output server that has another way of
 * setting it up. For who has the lock of the servers.
 */
final class LogOnTapes {

    /** The name of the server. */
    private static final String SERVER = "startlog";

    private final TapeServers servers;

    LogOnTapes(TapeServers servers) {
        this.servers = servers;
    }

    /** See {@link TapeServers#startLog}. */
    OperationReceipt start(String tape) {
        if (tape.isBlank()) {
            throw new Refusal(
                    MessageCode.SETTING_MISSING,
                    "The tapes' name",
                    "letters, digits, dots and dashes, beginning with a letter or digit");
        }
        String setup = "direction=output linked=on tape=\"" + TapeSetting.TAPE.checked(tape.strip()) + '"';
        Optional<TapeServer> there = servers.find(SERVER);
        if (there.isPresent() && !endTape(there.get())) {
            return waits();
        }
        servers.setup(SERVER, setup);
        OperationReceipt started = servers.start(servers.server(SERVER), TapeOptions.of(""));
        if (started.outcome() == OperationReceipt.Outcome.REFUSED) {
            return started;
        }
        return OperationReceipt.done(there.isPresent() ? MessageCode.LOG_KEPT_ON : MessageCode.LOG_KEPT, tape.strip());
    }

    /** See {@link TapeServers#stopLog}. */
    OperationReceipt stop() {
        TapeServer server = servers.find(SERVER).orElseThrow(() -> new Refusal(MessageCode.LOG_NOT_KEPT_HERE));
        if (!endTape(server)) {
            return waits();
        }
        servers.delete(SERVER, SERVER);
        return OperationReceipt.done(MessageCode.LOG_KEPT_NO_MORE);
    }

    /** Stops the server at the end of its tape. If that cannot be written it runs on: what was logged is not thrown away. */
    private boolean endTape(TapeServer server) {
        if (!server.settings().keepsLog()) {
            throw new Refusal(MessageCode.STARTLOG_NAME, server.name());
        }
        boolean ended = !server.isRunning()
                || servers.stop(server).outcome() == OperationReceipt.Outcome.DONE && server.isLogFinished();
        if (!ended && !server.isRunning()) {
            servers.start(server, TapeOptions.GOES_ON);
        }
        return ended;
    }

    private static OperationReceipt waits() {
        return OperationReceipt.refused(MessageCode.LOG_TAPE_WAITS, SERVER);
    }
}
