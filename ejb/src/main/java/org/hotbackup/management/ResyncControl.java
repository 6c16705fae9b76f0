package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
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
    public long getSavedLsn() {
        return resyncs.savedLsn();
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

    /** What only the command may do for which the node works; and anybody, as long as it works for none. */
    private OperationReceipt held(String command, Supplier<OperationReceipt> step) {
        resyncs.holder().require(command);
        return step.get();
    }

    @Override
    public OperationReceipt begin(
            String server,
            String wanted,
            long notedLsn,
            boolean anew,
            String command,
            String confirmName,
            String reason) {
        return reasons.because(
                reason,
                () -> {
                    Refusal.unlessConfirmed(resyncs.node(), confirmName);
                    resyncs.holder().require(command);
                    return resyncs.begin(server, wanted, notedLsn, anew);
                },
                server,
                MessageCode.NODE_RESYNC_REASON,
                server);
    }

    @Override
    public OperationReceipt beginAnew(String server, String command, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> held(command, () -> resyncs.beginAnew(server, confirmName)),
                server,
                MessageCode.NODE_RESYNC_REASON,
                server);
    }

    @Override
    public OperationReceipt send(String unit, String command) {
        return OperationReceipt.of(() -> held(command, () -> resyncs.send(unit, callers.name())));
    }

    @Override
    public OperationReceipt receive(String unit, String command) {
        return OperationReceipt.of(() -> held(command, () -> resyncs.receive(unit, callers.name())));
    }

    @Override
    public OperationReceipt remove(String account, String command, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> held(command, () -> resyncs.remove(account, confirmName)),
                resyncs.server(),
                MessageCode.NODE_RESYNC_REASON,
                account);
    }

    @Override
    public OperationReceipt end(long savedLsn, String command) {
        return OperationReceipt.of(() -> held(command, () -> resyncs.end(savedLsn)));
    }

    @Override
    public OperationReceipt proved(String server, String units, String command) {
        return OperationReceipt.of(() -> held(command, () -> resyncs.proved(server, units)));
    }

    @Override
    public OperationReceipt abandon(String confirmName, String reason) {
        String server = resyncs.server();
        return reasons.because(
                reason, () -> resyncs.abandon(confirmName), server, MessageCode.NODE_RESYNC_REASON, server);
    }
}
