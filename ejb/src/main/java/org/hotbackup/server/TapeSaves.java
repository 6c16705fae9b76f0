package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.SavedLog;
import org.hotbackup.saves.Saving;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemAccount;
import org.hotbackup.tape.TapeLabel;

/** Saves and dumps of this node's accounts and files to its tape devices (TS-001). Thread-safe. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TapeSaves {

    private static final Clock CLOCK = Clock.systemDefaultZone();

    /** What every label of a save begins with. */
    private static final String LABEL = "DATA ";

    @EJB
    private ItemStore store;

    @EJB
    private TapeDevices devices;

    @EJB
    private StoreBean state;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private ManagedThreadFactory threads;

    /** Writes items of a file as a dump. */
    public OperationReceipt dump(
            String device, String by, String file, String ids, String heading, String letters, String confirm) {
        TapeStation station = devices.device(device);
        SaveOptions options = SaveOptions.of("t-dump", letters, "h");
        FilePath path = FilePath.parse(file);
        Set<ItemId> wanted = TapeDevices.ids(ids);
        TapeDevices.requireFile(store, path);
        if (!wanted.isEmpty()
                && wanted.stream().noneMatch(id -> store.read(path, id).isPresent())) {
            throw new Refusal(MessageCode.TAPE_NO_ITEM_THERE, path, wanted.size());
        }
        refuseLongLabel(path + " ", heading.strip());
        return station.write(by, "t-dump", path.toString(), confirm, (drive, job) -> {
            String text = (path + " " + heading.strip()).strip();
            options.sayTo(job.done());
            try (Saving saving = new Saving(store, SystemAccount::isProtected, job.done(), job.stop(), threads)) {
                drive.write(
                        job.stop(),
                        now(),
                        tape -> saving.dump(tape, path, wanted, options.has('h') ? null : text, now()));
                return written("t-dump", device, job.done());
            }
        });
    }

    /** Saves accounts. */
    public OperationReceipt accountSave(
            String device, String by, String accounts, String label, String letters, String confirm) {
        TapeStation station = devices.device(device);
        SaveOptions options = SaveOptions.of("account-save", letters, "");
        List<String> names = Arrays.stream(accounts.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new Refusal(MessageCode.NO_ACCOUNT, accounts);
        }
        for (String name : names) {
            if (store.file(FilePath.masterDictionary(name)).isEmpty()) {
                throw new Refusal(MessageCode.NO_ACCOUNT, name);
            }
        }
        return saving(station, by, options, Optional.of(names), label, confirm);
    }

    /** Saves all accounts. */
    public OperationReceipt save(String device, String by, String label, String letters, String confirm) {
        TapeStation station = devices.device(device);
        SaveOptions options = SaveOptions.of("save", letters, "");
        return saving(station, by, options, Optional.empty(), label, confirm);
    }

    private static void refuseLongLabel(String before, String label) {
        int room = Math.max(0, TapeLabel.TEXT_BYTES - before.length());
        if (!label.isEmpty() && label.length() > room) {
            throw new Refusal(MessageCode.TAPE_LABEL_TOO_LONG, label, before.strip(), room);
        }
    }

    /** Saves these accounts, or all of them; only that is a save of which a moment of the log is known. */
    private OperationReceipt saving(
            TapeStation station,
            String by,
            SaveOptions options,
            Optional<List<String>> names,
            String label,
            String confirm) {
        for (String account : names.orElseGet(store::accounts)) {
            refuseLongLabel(LABEL + account + " ", label.strip());
        }
        String subject = names.map(all -> String.join(",", all)).orElseGet(configuration::name);
        return station.write(by, options.verb(), subject, confirm, (drive, job) -> {
            options.sayTo(job.done());
            Optional<Long> lsn = names.isEmpty() ? lsn(job.done()) : Optional.empty();
            String text = lsn.map(known -> SavedLog.label(label.strip(), known, TapeLabel.TEXT_BYTES - LABEL.length()))
                    .orElse(label.strip());
            try (Saving saving = new Saving(store, SystemAccount::isProtected, job.done(), job.stop(), threads)) {
                lsn.ifPresent(known -> saving.standsInLog(() -> log(known)));
                drive.write(job.stop(), now(), tape -> saving.save(tape, names, text, now()));
                return written(options.verb(), station.definition().name(), job.done());
            }
        });
    }

    /** Everything up to this LSN is in what is read from now on. */
    private Optional<Long> lsn(TapeWork done) {
        try {
            return Optional.of(state.betweenTransactions(lsn -> lsn));
        } catch (Refusal e) {
            // who does not end his transactions must not keep others from saving
            done.note(MessageCode.SAVE_WITHOUT_LSN, e.getMessage());
            return Optional.empty();
        }
    }

    private SavedLog log(long lsn) {
        return new SavedLog(
                configuration.name(), state.historyId(), state.standing().epoch(), lsn, Math.max(lsn, state.lastLsn()));
    }

    private static OperationReceipt written(String kind, String device, TapeWork done) {
        if (done.leftOut() > 0 && kind.equals("t-dump")) {
            throw new Refusal(MessageCode.TAPE_DUMPED_LESS, kind, device, done.items(), done.leftOut());
        }
        return done.noteCount() > 0
                ? OperationReceipt.done(
                        MessageCode.TAPE_WRITTEN_WITH_NOTES, kind, device, done.items(), done.noteCount())
                : OperationReceipt.done(MessageCode.TAPE_WRITTEN, kind, device, done.items(), done.bytes());
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(CLOCK);
    }
}
