package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.Resyncs;

/** Making a slave's image anew, for every surface. */
@ApplicationScoped
public class ResyncControl implements ResyncMXBean {

    @Inject
    Resyncs resyncs;

    @Inject
    Callers callers;

    @Inject
    Reasons reasons;

    @Override
    public String getServer() {
        return resyncs.server();
    }

    @Override
    public List<String> getWanted() {
        return resyncs.wanted();
    }

    @Override
    public List<String> getRestored() {
        return resyncs.restored();
    }

    @Override
    public String getHalf() {
        return resyncs.half();
    }

    @Override
    public boolean isToBeProved() {
        return resyncs.toBeProved();
    }

    @Override
    public String getHolder() {
        return resyncs.holder().who();
    }

    @Override
    public long getHolderSilentMillis() {
        return resyncs.holder().silentMillis();
    }

    @Override
    public long getRestoredBytes() {
        return resyncs.restoredBytes();
    }

    @Override
    public long getNotedLsn() {
        return resyncs.notedLsn();
    }

    @Override
    public boolean isAnew() {
        return resyncs.anew();
    }

    @Override
    public OperationReceipt hold(String command, String from) {
        return OperationReceipt.of(() -> resyncs.hold(command, callers.name(), from));
    }

    @Override
    public boolean holds(String command) {
        return resyncs.holder().hears(command);
    }

    @Override
    public OperationReceipt release(String command) {
        return OperationReceipt.of(() -> resyncs.release(command));
    }

    @Override
    public OperationReceipt begin(
            String server, String wanted, long notedLsn, boolean anew, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> {
                    Refusal.unlessConfirmed(resyncs.node(), confirmName);
                    return resyncs.begin(server, wanted, notedLsn, anew);
                },
                server,
                MessageCode.NODE_RESYNC_REASON,
                server);
    }

    @Override
    public OperationReceipt beginAnew(String server, String confirmName, String reason) {
        return reasons.because(
                reason, () -> resyncs.beginAnew(server, confirmName), server, MessageCode.NODE_RESYNC_REASON, server);
    }

    @Override
    public OperationReceipt send(String unit) {
        return OperationReceipt.of(() -> resyncs.send(unit, callers.name()));
    }

    @Override
    public OperationReceipt receive(String unit) {
        return OperationReceipt.of(() -> resyncs.receive(unit, callers.name()));
    }

    @Override
    public OperationReceipt remove(String account, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> resyncs.remove(account, confirmName),
                resyncs.server(),
                MessageCode.NODE_RESYNC_REASON,
                account);
    }

    @Override
    public OperationReceipt end() {
        return OperationReceipt.of(resyncs::end);
    }

    @Override
    public OperationReceipt proved() {
        return OperationReceipt.of(resyncs::proved);
    }

    @Override
    public OperationReceipt abandon(String confirmName, String reason) {
        String server = resyncs.server();
        return reasons.because(
                reason, () -> resyncs.abandon(confirmName), server, MessageCode.NODE_RESYNC_REASON, server);
    }
}
