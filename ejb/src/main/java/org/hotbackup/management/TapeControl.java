package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeDevice;
import org.hotbackup.control.TapeDone;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.TextLine;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.TapeDevices;
import org.hotbackup.server.TapeJob;
import org.hotbackup.server.TapeSaves;
import org.hotbackup.server.TapeStation;

/** The tape devices of the node, for every surface. */
@ApplicationScoped
public class TapeControl implements TapeMXBean {

    @Inject
    TapeDevices devices;

    @Inject
    TapeSaves saves;

    @Inject
    NodeConfiguration configuration;

    @Inject
    Callers callers;

    @Inject
    Reasons reasons;

    @Override
    public List<String> getDeviceNames() {
        return devices.all().stream()
                .map(station -> station.definition().name())
                .toList();
    }

    @Override
    public List<TapeDevice> devices() {
        return devices.all().stream().map(TapeControl::device).toList();
    }

    private static TapeDevice device(TapeStation station) {
        Optional<TapeJob> job = station.job();
        return new TapeDevice(
                station.definition().name(),
                station.definition().kind().words(),
                station.definition().path(),
                station.blockSize(),
                station.definition().readOnly(),
                station.owner(),
                station.block(),
                job.filter(working -> !working.isOver()).map(TapeJob::id).orElse(""),
                job.map(TapeJob::message).orElse(""));
    }

    @Override
    public String devicesText() {
        return TextLine.lines(devices());
    }

    @Override
    public String report(String device) {
        Optional<TapeJob> job = devices.device(device).job();
        if (job.isEmpty()) {
            return MessageCode.TAPE_NOTHING_DONE.text(device);
        }
        List<String> lines = new ArrayList<>();
        lines.add(job.get().title() + ": " + job.get().message());
        lines.addAll(job.get().done().lines());
        return String.join(System.lineSeparator(), lines);
    }

    @Override
    public TapeDone done(String device) {
        return devices.device(device)
                .job()
                .map(job -> job.done()
                        .report(
                                device,
                                job.kind(),
                                job.subject(),
                                job.id(),
                                job.receipt().outcome().name(),
                                job.message()))
                .orElseGet(() ->
                        new TapeWork().report(device, "", "", "", "", MessageCode.TAPE_NOTHING_DONE.text(device)));
    }

    @Override
    public String readLabel(String device) {
        return devices.device(device).readLabel();
    }

    @Override
    public String readBlocks(String device, int blocks) {
        return devices.device(device).readBlocks(blocks);
    }

    @Override
    public OperationReceipt unload(String device, String confirm) {
        return OperationReceipt.of(() -> devices.device(device).unload(callers.name(), confirm));
    }

    @Override
    public OperationReceipt endOfData(String device) {
        return OperationReceipt.of(() -> devices.device(device).endOfData(callers.name()));
    }

    @Override
    public OperationReceipt restoreAccounts(String device, String options) {
        return OperationReceipt.of(() -> devices.restoreAccounts(device, callers.name(), options));
    }

    @Override
    public OperationReceipt attach(String device, int blockSize) {
        return OperationReceipt.of(() -> devices.device(device).attach(callers.name(), blockSize));
    }

    @Override
    public OperationReceipt detach(String device, String confirm) {
        return OperationReceipt.of(() -> devices.device(device).detach(callers.name(), confirm));
    }

    @Override
    public OperationReceipt rewind(String device) {
        return OperationReceipt.of(() -> devices.device(device).rewind(callers.name()));
    }

    @Override
    public OperationReceipt forward(String device, int blocks) {
        return OperationReceipt.of(() -> devices.device(device).forward(callers.name(), blocks));
    }

    @Override
    public OperationReceipt back(String device, int blocks) {
        return OperationReceipt.of(() -> devices.device(device).back(callers.name(), blocks));
    }

    @Override
    public OperationReceipt writeFilemark(String device, String confirm) {
        return OperationReceipt.of(() -> devices.device(device).writeFilemark(callers.name(), confirm));
    }

    @Override
    public OperationReceipt check(String device) {
        return OperationReceipt.of(() -> devices.check(device, callers.name()));
    }

    @Override
    public OperationReceipt dump(
            String device, String file, String ids, String heading, String options, String confirm) {
        return OperationReceipt.of(() -> saves.dump(device, callers.name(), file, ids, heading, options, confirm));
    }

    @Override
    public OperationReceipt load(String device, String file, String ids, String options, String confirm) {
        return OperationReceipt.of(() -> devices.load(device, callers.name(), file, ids, options, confirm));
    }

    @Override
    public OperationReceipt accountSave(String device, String accounts, String label, String options, String confirm) {
        return OperationReceipt.of(() -> saves.accountSave(device, callers.name(), accounts, label, options, confirm));
    }

    @Override
    public OperationReceipt accountRestore(String device, String accountOnTape, String account, String options) {
        return OperationReceipt.of(
                () -> devices.accountRestore(device, callers.name(), accountOnTape, account, options));
    }

    @Override
    public OperationReceipt save(String device, String label, String options, String confirm) {
        return OperationReceipt.of(() -> saves.save(device, callers.name(), label, options, confirm));
    }

    @Override
    public OperationReceipt restore(String device, String options, String confirmName, String reason) {
        return reasons.because(
                reason,
                () -> {
                    Refusal.unlessConfirmed(configuration.name(), confirmName);
                    return devices.restore(device, callers.name(), options);
                },
                Reasons.NODE,
                MessageCode.RESTORE_REASON,
                device);
    }

    @Override
    public OperationReceipt selRestore(
            String device, String fileOnTape, String file, String ids, String options, String confirm) {
        return OperationReceipt.of(
                () -> devices.selRestore(device, callers.name(), fileOnTape, file, ids, options, confirm));
    }
}
