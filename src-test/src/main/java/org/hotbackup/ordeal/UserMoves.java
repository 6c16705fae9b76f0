package org.hotbackup.ordeal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.FilePath.Level;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** What one user does next, by chance, given what is there: a function of the seed and of the answers so far. */
final class UserMoves {

    /** The account and the file that all users share, each with ids of their own. */
    static final FilePath SHARED = FilePath.data("common", "shared");

    private static final int MOST_FILES = 7;
    private static final int IDS = 40;
    private static final int LARGE = 100_000;
    private static final int VERY_LARGE = 5_000_000;
    private static final List<String> CODES =
            List.of("DL", "DL", "DL", "DL", "DL", "DL", "D", "DLU", "DLX", "DYL", "DLT", "dl", "DLSC");
    private static final List<Integer> MODULOS = List.of(1, 7, 99, 100, 101, 102, 499, 1009, 16_777_215);
    private static final List<String> CORRELATIVES = List.of(
            "callx known",
            "callx unknown",
            "callx other,bp, sub",
            "A1+2",
            "Bf0;1;2",
            "Bnowhere;1;2",
            "bf1;1;2;d",
            "I12A1");

    private final int number;
    private final Random random;
    private final Expectation expectation;

    UserMoves(int number, long seed, Expectation expectation) {
        this.number = number;
        this.random = new Random(seed * 31 + number);
        this.expectation = expectation;
    }

    Random random() {
        return random;
    }

    /** The account that this user always has. */
    String home() {
        return "user" + number;
    }

    /** The one that comes and goes. */
    String second() {
        return "user" + number + "b";
    }

    /** The transactions to begin with. */
    List<List<Update>> first() {
        DPointer pointer = DPointer.of("DL", 7);
        FilePath home = FilePath.masterDictionary(home());
        byte[] verb = DynamicArray.ofAttributes("VR", "", "", "", "bp").bytes();
        List<List<Update>> first = new ArrayList<>();
        first.add(List.of(new Update.AccountCreated(home, pointer)));
        first.add(List.of(new Update.ItemWritten(home, ItemId.of("known"), verb)));
        for (int i = 0; i < 3; i++) {
            first.add(List.of(new Update.FileCreated(FilePath.data(home(), "f" + i), pointer)));
        }
        return first;
    }

    List<Update> next() {
        List<FilePath> files = files();
        int dice = random.nextInt(1000);
        if (dice < 560 || files.isEmpty()) {
            return List.of(write(anyFile(files), random.nextInt(2000)));
        } else if (dice < 600) {
            return List.of(write(anyFile(files), LARGE + random.nextInt(3)));
        } else if (dice < 603) {
            return List.of(write(anyFile(files), VERY_LARGE));
        } else if (dice < 720) {
            return List.of(new Update.ItemDeleted(anyFile(files), id()));
        } else if (dice < 860) {
            return several(files);
        } else if (dice < 885) {
            return List.of(new Update.FileCleared(pick(files)));
        } else if (dice < 915) {
            return create(files);
        } else if (dice < 950) {
            return List.of(redefine(pick(files)));
        } else if (dice < 965) {
            return files.size() > 1 ? List.of(new Update.FileDeleted(deleted(pick(files)))) : create(files);
        } else if (dice < 975) {
            return account();
        }
        return List.of(write(dictionary(files), random.nextInt(100)));
    }

    /** A write of an item that is excluded from logging, or null if there is no place for it. */
    Update.ItemWritten excluded() {
        List<FilePath> files = files();
        return files.isEmpty() ? null : write(pick(files), random.nextInt(200));
    }

    private List<FilePath> files() {
        return expectation.with((master, slave) -> master.sections().keySet().stream()
                .filter(path -> path.account().equals(home()) || path.account().equals(second()))
                .filter(path -> path.level() == Level.DATA)
                .sorted(Comparator.naturalOrder())
                .toList());
    }

    private FilePath anyFile(List<FilePath> files) {
        return files.isEmpty() || random.nextInt(5) == 0 ? SHARED : pick(files);
    }

    private FilePath dictionary(List<FilePath> files) {
        return random.nextInt(3) == 0
                ? FilePath.masterDictionary(home())
                : pick(files).definedIn();
    }

    private <T> T pick(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    private FilePath deleted(FilePath file) {
        return random.nextInt(3) == 0 ? file.definedIn() : file;
    }

    private List<Update> several(List<FilePath> files) {
        List<Update> several = new ArrayList<>();
        for (int i = 2 + random.nextInt(18); i > 0; i--) {
            FilePath file = anyFile(files);
            several.add(random.nextInt(4) == 0 ? new Update.ItemDeleted(file, id()) : write(file, 300));
        }
        return lastStates(several);
    }

    /** What a transaction does to an item is its last state; the model takes it as it is logged. */
    private static List<Update> lastStates(List<Update> several) {
        List<Update> last = new ArrayList<>();
        for (int i = 0; i < several.size(); i++) {
            Update update = several.get(i);
            boolean overtaken = several.subList(i + 1, several.size()).stream()
                    .anyMatch(later ->
                            later.file().equals(update.file()) && idOf(later).equals(idOf(update)));
            if (!overtaken) {
                last.add(update);
            }
        }
        return last;
    }

    private static ItemId idOf(Update update) {
        return update instanceof Update.ItemWritten written ? written.id() : ((Update.ItemDeleted) update).id();
    }

    private List<Update> create(List<FilePath> files) {
        boolean inSecond = random.nextInt(3) == 0
                && expectation.with((master, slave) -> master.has(FilePath.masterDictionary(second())));
        String account = inSecond ? second() : home();
        long there =
                files.stream().filter(file -> file.account().equals(account)).count();
        String name = "f" + random.nextInt(MOST_FILES);
        FilePath file = random.nextInt(4) == 0
                ? FilePath.data(account, name, "s" + random.nextInt(2))
                : FilePath.data(account, name);
        if (there > MOST_FILES || files.contains(file)) {
            return List.of(write(anyFile(files), random.nextInt(2000)));
        }
        return List.of(new Update.FileCreated(file, pointer()));
    }

    private Update redefine(FilePath file) {
        DPointer before = expectation.with(
                (master, slave) -> master.section(file).orElseThrow().pointer());
        int dice = random.nextInt(4);
        if (dice == 0) {
            return new Update.FileRedefined(file, before.withModulo(pick(MODULOS)));
        } else if (dice == 1) {
            return new Update.FileRedefined(file, before.withCode(pick(CODES)));
        } else if (dice == 2) {
            return new Update.FileRedefined(file, correlatives(before));
        }
        return new Update.FileRedefined(file, before.has('L') ? before.withCode("D") : before.withCode("DL"));
    }

    private DPointer pointer() {
        DPointer pointer = DPointer.of(pick(CODES), pick(MODULOS));
        return random.nextInt(4) == 0 ? correlatives(pointer) : pointer;
    }

    private DPointer correlatives(DPointer pointer) {
        List<String> several = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            several.add(pick(CORRELATIVES));
        }
        return pointer.withCorrelatives(several);
    }

    private List<Update> account() {
        FilePath second = FilePath.masterDictionary(second());
        boolean there = expectation.with((master, slave) -> master.has(second));
        return List.of(
                there
                        ? new Update.AccountDeleted(second)
                        : new Update.AccountCreated(second, DPointer.of(random.nextInt(4) == 0 ? "D" : "DL", 7)));
    }

    private Update.ItemWritten write(FilePath file, int bytes) {
        byte[] body = new byte[bytes];
        random.nextBytes(body);
        int dice = random.nextInt(20);
        if (dice == 0) {
            body = new byte[0];
        } else if (dice == 1 && file.level() != Level.DATA) {
            body = DPointer.of(random.nextBoolean() ? "DL" : "D", 7).bytes();
        }
        return new Update.ItemWritten(file, id(), body);
    }

    /** Ids of a user are its own: a number, then one of several shapes at the bounds of what an id may be. */
    private ItemId id() {
        int which = random.nextInt(IDS);
        byte[] beginning = ("u" + number + "." + which).getBytes(StandardCharsets.US_ASCII);
        int length =
                switch (which % 5) {
                    case 0 -> ItemId.MAX_BYTES;
                    case 1 -> 30;
                    default -> beginning.length;
                };
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            // every byte but the marks, the same ones for the same id
            bytes[i] = i < beginning.length ? beginning[i] : (byte) ((i * 7 + which * 13) % 0xFB);
        }
        return ItemId.of(bytes);
    }
}
