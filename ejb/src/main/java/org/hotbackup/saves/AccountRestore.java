package org.hotbackup.saves;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.tape.ItemForm;
import org.hotbackup.tape.TapeFile;
import org.hotbackup.tape.TapeFileSummary;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeNote;
import org.hotbackup.tape.TapeSynonym;

/**
 * Makes accounts of those on a tape, with all their files and items. What a tape file holds is in the store when it has
 * ended. Not thread-safe.
 */
public final class AccountRestore implements TapeHandler, AutoCloseable {

    private static final int SYSTEM = 0;

    private static final String OWN = UnfinishedRestore.OWN;

    /** Where the items of a SYSTEM go that belong to no account: synonyms of accounts, procedures. */
    private static final FilePath SYSTEM_ITEMS = FilePath.data(OWN, "mds");

    private final ItemStore store;
    private final UnaryOperator<Optional<String>> accounts;
    private final Predicate<FilePath> wanted;
    private final boolean replace;
    private final boolean filesOnly;
    private final TapeWork work;
    private final Pieces pieces;
    private final Set<String> seen = new TreeSet<>();
    private final Set<FilePath> leftOut = new HashSet<>();
    private Optional<SavedLog> log = Optional.empty();
    private boolean restored;
    private boolean systemMade;
    private boolean whole;
    private boolean marked = true;
    private boolean dumps;
    private HalfRestored command = HalfRestored.by("", "", "", "");
    private Optional<Runnable> firstChange = Optional.empty();

    private AccountRestore(
            ItemStore store,
            UnaryOperator<Optional<String>> accounts,
            Predicate<FilePath> wanted,
            boolean replace,
            boolean filesOnly,
            TapeWork work,
            ThreadFactory threads) {
        this.store = store;
        this.accounts = accounts;
        this.wanted = wanted;
        this.replace = replace;
        this.filesOnly = filesOnly;
        this.work = work;
        this.pieces = new Pieces(store, work, threads);
    }

    /**
     * One account.
     *
     * @param onTape its name there
     * @param here its name here, where there is none of it yet
     * @param threads on which items are written
     */
    public static AccountRestore ofOne(
            ItemStore store, String onTape, String here, TapeWork work, ThreadFactory threads) {
        return new AccountRestore(
                store,
                account -> account.filter(onTape::equals).map(name -> here),
                path -> true,
                false,
                false,
                work,
                threads);
    }

    /**
     * All accounts, and what belongs to none of them.
     *
     * @param replace whether accounts that are there are replaced, not left as they are
     * @param threads on which items are written
     */
    public static Function<TapeWork, AccountRestore> ofAll(ItemStore store, boolean replace, ThreadFactory threads) {
        return work -> new AccountRestore(
                store, account -> account.or(() -> Optional.of(OWN)), path -> true, replace, false, work, threads);
    }

    /**
     * All accounts that are not there; nothing of account {@code dm}, and nothing that belongs to none.
     *
     * @param threads on which items are written
     */
    public static Function<TapeWork, AccountRestore> ofAccounts(ItemStore store, ThreadFactory threads) {
        return work -> new AccountRestore(
                store, account -> account.filter(name -> !name.equals(OWN)), path -> true, false, false, work, threads);
    }

    /**
     * One account, or a file of it, in the place of what is there.
     *
     * @param wanted which sections; others on the tape are passed over
     * @param filesOnly whether the account itself stays, with all other files in it
     * @param threads on which items are written
     */
    public static AccountRestore ofResync(
            ItemStore store,
            String account,
            Predicate<FilePath> wanted,
            boolean filesOnly,
            TapeWork work,
            ThreadFactory threads) {
        AccountRestore restore =
                new AccountRestore(store, name -> name.filter(account::equals), wanted, true, filesOnly, work, threads);
        // a resync keeps by itself what it has done
        restore.marked = false;
        return restore;
    }

    /** Lets something be done once, before it changes anything; what that throws ends the restore. */
    public AccountRestore beforeFirstChange(Runnable what) {
        firstChange = Optional.of(what);
        return this;
    }

    /** Keeps with what is half restored which command did it. */
    public AccountRestore by(HalfRestored what) {
        command = what;
        return this;
    }

    private void changes() {
        firstChange.ifPresent(Runnable::run);
        firstChange = Optional.empty();
    }

    /** The names of all accounts that were on the tape up to now. */
    public Set<String> seen() {
        return seen;
    }

    /** Whether a wanted account was among them. */
    public boolean isRestored() {
        return restored;
    }

    /** Where the save stands in the log of its node, if all accounts were wanted and it says so. */
    public Optional<SavedLog> log() {
        return log;
    }

    private Optional<FilePath> place(FilePath path) {
        return accounts.apply(Optional.of(path.account()))
                .filter(account -> wanted.test(path) || path.level() == FilePath.Level.MASTER_DICTIONARY)
                .map(account -> new FilePath(account, path.file(), path.section()));
    }

    @Override
    public void file(TapeFile file) {
        pieces.commit();
        file.path().ifPresent(path -> {
            if (path.level() == FilePath.Level.MASTER_DICTIONARY) {
                seen.add(path.account());
            }
            place(path).ifPresent(place -> {
                restored = true;
                if (make(place, path.account(), file.pointer())) {
                    work.file(place.toString());
                } else {
                    work.fileLeftOut();
                }
            });
        });
    }

    private boolean make(FilePath place, String onTape, DPointer pointer) {
        boolean ofAccount = place.level() == FilePath.Level.MASTER_DICTIONARY;
        if (!ofAccount && leftOut.contains(place.definedIn())) {
            leftOut.add(place);
            return false;
        }
        String name = ofAccount ? place.account() : UnfinishedRestore.name(place);
        if (replace || store.file(place).isEmpty() || UnfinishedRestore.isHalf(store, name)) {
            changes();
        }
        try {
            if (ofAccount) {
                makeAccount(place.account(), onTape, pointer);
            } else {
                makeFile(place, pointer);
            }
            return true;
        } catch (Refusal e) {
            Pieces.unlessOfItems(e);
            leftOut.add(place);
            work.note(MessageCode.TAPE_FILE_LEFT_OUT, place, e.getMessage());
            return false;
        }
    }

    private void makeAccount(String account, String onTape, DPointer pointer) {
        if (account.equals(OWN)) {
            return;
        }
        boolean half = marked && UnfinishedRestore.isHalf(store, account);
        boolean there = half
                || replace && store.file(FilePath.masterDictionary(account)).isPresent();
        if (there && filesOnly) {
            return;
        }
        FilePath path = FilePath.masterDictionary(account);
        List<Update> anew = new ArrayList<>();
        if (there) {
            anew.add(new Update.AccountDeleted(path));
        }
        anew.add(new Update.AccountCreated(path, pointer));
        make(anew, marked ? Optional.of(command.of(account, onTape)) : Optional.empty());
        if (half) {
            work.note(MessageCode.TAPE_ACCOUNT_WAS_HALF, account);
        }
    }

    /** What is there goes, and what takes its place comes, with the mark that it is half, in one transaction: no kill leaves neither. */
    private void make(List<Update> anew, Optional<HalfRestored> half) {
        half.map(UnfinishedRestore::mark).ifPresent(anew::add);
        store.execute(anew);
        half.ifPresent(one -> work.begin(one.name()));
    }

    private void makeFile(FilePath place, DPointer pointer) {
        boolean own = place.account().equals(OWN);
        boolean marking = marked && own && place.level() == FilePath.Level.DICTIONARY;
        String name = UnfinishedRestore.name(place);
        boolean half = marking && UnfinishedRestore.isHalf(store, name);
        boolean there = store.file(place).isPresent();
        List<Update> anew = new ArrayList<>();
        if (half || there && replace && (filesOnly || own)) {
            anew.add(new Update.FileDeleted(place));
        }
        anew.add(new Update.FileCreated(place, pointer));
        make(anew, marking ? Optional.of(command.of(name, OWN)) : Optional.empty());
        if (half) {
            work.note(MessageCode.TAPE_FILE_WAS_HALF, name);
        }
    }

    @Override
    public void item(TapeFile file, ItemId id, byte[] body, ItemForm form) {
        boolean ofAll =
                file.level() == SYSTEM && accounts.apply(Optional.empty()).isPresent();
        Optional<SavedLog> known = ofAll ? SavedLog.in(id, body) : Optional.empty();
        if (known.isPresent()) {
            log = known;
            return;
        }
        Optional<FilePath> place = file.path().isPresent() ? place(file.path().get()) : ofSystem(file);
        place.ifPresent(path -> put(path, id, body));
    }

    @Override
    public void synonym(TapeSynonym synonym) {
        Optional<FilePath> place =
                synonym.holder().isPresent() ? place(synonym.holder().get()) : Optional.empty();
        if (place.isPresent()) {
            try {
                put(place.get(), ItemId.of(synonym.name()), pointer(synonym));
            } catch (Refusal e) {
                Pieces.unlessOfItems(e);
                work.leftOut(1);
                work.note(MessageCode.TAPE_ITEM_LEFT_OUT, synonym.name(), place.get(), e.getMessage());
            }
        }
    }

    /** A file that was restored under another account is meant where it is now. */
    private byte[] pointer(TapeSynonym synonym) {
        return synonym.target()
                .flatMap(TapeFile::path)
                .flatMap(this::place)
                .map(path -> DynamicArray.ofAttributes("Q", path.account(), path.file())
                        .bytes())
                .orElseGet(synonym::item);
    }

    private void put(FilePath place, ItemId id, byte[] body) {
        if (leftOut.contains(place)) {
            work.leftOut(1);
        } else {
            pieces.write(place, id, body);
        }
    }

    /** An item of SYSTEM itself belongs to a file of its own, which is made with the first of them. */
    private Optional<FilePath> ofSystem(TapeFile file) {
        boolean wanted =
                file.level() == SYSTEM && accounts.apply(Optional.empty()).isPresent();
        if (wanted && !systemMade) {
            systemMade = true;
            changes();
            String name = UnfinishedRestore.name(SYSTEM_ITEMS);
            if (store.file(SYSTEM_ITEMS).isEmpty()) {
                DPointer pointer = DPointer.of("D", file.pointer().modulo());
                List<Update> anew = new ArrayList<>(List.of(new Update.FileCreated(SYSTEM_ITEMS, pointer)));
                make(anew, Optional.of(command.of(name, OWN)));
            } else if (UnfinishedRestore.isHalf(store, name)) {
                work.begin(name);
            }
        }
        return wanted ? Optional.of(SYSTEM_ITEMS) : Optional.empty();
    }

    @Override
    public void note(TapeNote note) {
        work.note(note);
    }

    @Override
    public void ended(TapeFileSummary summary) {
        dumps |= summary.kind() == TapeFileSummary.Kind.DUMP;
        if (summary.kind() == TapeFileSummary.Kind.DUMP
                && accounts.apply(Optional.empty()).isPresent()) {
            work.leftOut(summary.allItems());
            work.note(MessageCode.TAPE_DUMP_PASSED, summary.label(), summary.allItems());
        }
        whole = true;
        pieces.commit();
        if (marked && summary.kind() == TapeFileSummary.Kind.SAVE) {
            work.unfinished().forEach(name -> {
                UnfinishedRestore.end(store, name);
                work.end(name);
            });
        }
    }

    /** Whether there is a dump on the tape. */
    public boolean hasDump() {
        return dumps;
    }

    /** Whether a tape file was read to its end. */
    public boolean isEnded() {
        return whole;
    }

    /** Whether one was, and it is what was saved, as far as the tape tells. */
    public boolean isWhole() {
        return whole && work.outcome().isGood();
    }

    /** Puts what was read into the store, also where the tape is broken. */
    public void finish() {
        pieces.commit();
    }

    /** Lets what is under way come to its end. */
    @Override
    public void close() {
        pieces.close();
    }
}
