package org.hotbackup.tape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;

/** A store with accounts, files and items of all sorts, made by a random source and always the same for the same one. */
final class GeneratedAccounts implements SaveSource {

    private static final int MOST_TEXT = 400;
    private static final byte[] MARKS = {Marks.ATTRIBUTE, Marks.VALUE, Marks.SUBVALUE, Marks.START_BUFFER};

    private final Random random;
    private final Map<String, DPointer> accounts = new TreeMap<>();
    private final Map<FilePath, DPointer> files = new TreeMap<>();
    private final Map<FilePath, Map<ItemId, byte[]>> items = new TreeMap<>();

    GeneratedAccounts(Random random) {
        this.random = random;
        int count = random.nextInt(3) + (random.nextInt(5) == 0 ? 0 : 1);
        for (int i = 0; i < count; i++) {
            make("acc" + i);
        }
    }

    private void make(String account) {
        accounts.put(account, pointer());
        fill(FilePath.masterDictionary(account));
        int dictionaries = random.nextInt(4);
        for (int i = 0; i < dictionaries; i++) {
            String file = random.nextBoolean() ? "file" + i : "Größe" + i;
            FilePath dictionary = FilePath.dictionary(account, file);
            files.put(dictionary, pointer());
            fill(dictionary);
            int sections = random.nextInt(3);
            for (int j = 0; j < sections; j++) {
                FilePath section = FilePath.data(account, file, j == 0 ? "" : "section" + j);
                files.put(section, pointer());
                fill(section);
            }
        }
    }

    private DPointer pointer() {
        String code =
                List.of("D", "D", "D", "D", "DL", "dl", "DC", "DX", "DY", "DCY").get(random.nextInt(10));
        DPointer pointer = DPointer.of(code, 1 + random.nextInt(1000));
        return switch (random.nextInt(4)) {
            case 0 -> DPointer.ofItem(pointer.attributes()
                    .replace(2, "4621")
                    .replace(4, "1")
                    .replace(10, "10")
                    .bytes());
            case 1 -> pointer.withCorrelatives(List.of("callx sub", "Ia1"));
            case 2 -> DPointer.ofItem(pointer.attributes().replace(12, "").bytes());
            default -> pointer;
        };
    }

    private void fill(FilePath path) {
        Map<ItemId, byte[]> filled = new TreeMap<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            filled.put(id(), body());
        }
        items.put(path, filled);
    }

    private ItemId id() {
        byte[] id = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? ItemId.MAX_BYTES : 12)];
        for (int i = 0; i < id.length; i++) {
            // all that is no mark
            id[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(0xFB) : '0' + random.nextInt(40));
        }
        return ItemId.of(id);
    }

    private byte[] body() {
        return switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random.nextInt(3000));
            case 2 -> marks(1 + random.nextInt(4));
            case 3 -> text(random.nextInt(70_000));
            case 4 -> random.nextInt(8) == 0 ? bytes(200_000) : bytes(Frames.BYTES * random.nextInt(3));
            case 5 -> ending(text(random.nextInt(MOST_TEXT)));
            case 6 -> "\u00FFXC\u00FFL 01F4 EOF\u00FF".getBytes(StandardCharsets.ISO_8859_1);
            default -> text(random.nextInt(MOST_TEXT));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] marks(int length) {
        byte[] marks = new byte[length];
        for (int i = 0; i < length; i++) {
            marks[i] = random.nextInt(5) == 0 ? Marks.SEGMENT : MARKS[random.nextInt(MARKS.length)];
        }
        return marks;
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = random.nextInt(8) == 0 ? MARKS[random.nextInt(3)] : (byte) (' ' + random.nextInt(0xC0));
        }
        return text;
    }

    private byte[] ending(byte[] text) {
        byte[] ending = Arrays.copyOf(text, text.length + 1 + random.nextInt(3));
        Arrays.fill(ending, text.length, ending.length, Marks.ATTRIBUTE);
        return ending;
    }

    List<String> names() {
        return List.copyOf(accounts.keySet());
    }

    @Override
    public Optional<DPointer> account(String account) {
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public List<FileDefinition> files(String account) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().account().equals(account))
                .map(file -> new FileDefinition(1, file.getKey(), file.getValue()))
                .toList();
    }

    @Override
    public void items(FilePath file, Visitor visitor) {
        items.get(file).forEach(visitor::item);
    }

    /** The items that a save takes, in the order in which it takes them: what stands in a file comes before its own. */
    List<String> savedItems() {
        List<String> saved = new ArrayList<>();
        for (String account : names()) {
            if (isSaved(FilePath.masterDictionary(account))) {
                for (FilePath dictionary : files.keySet()) {
                    if (dictionary.account().equals(account) && dictionary.level() == FilePath.Level.DICTIONARY) {
                        files.keySet().stream()
                                .filter(path -> path.level() == FilePath.Level.DATA
                                        && path.definedIn().equals(dictionary))
                                .forEach(path -> addItems(path, saved));
                        addItems(dictionary, saved);
                    }
                }
                addItems(FilePath.masterDictionary(account), saved);
            }
        }
        return saved;
    }

    private void addItems(FilePath path, List<String> saved) {
        if (isSaved(path) && !has(path, 'Y')) {
            items.get(path).forEach((id, body) -> saved.add(key(path.toString(), id, body)));
        }
    }

    List<String> savedFiles() {
        List<String> saved = new ArrayList<>();
        accounts.forEach((account, pointer) -> {
            if (isSaved(FilePath.masterDictionary(account))) {
                saved.add(key(FilePath.masterDictionary(account), pointer));
            }
        });
        files.forEach((path, pointer) -> {
            if (isSaved(path)) {
                saved.add(key(path, pointer));
            }
        });
        return saved;
    }

    /** Neither the file nor what it stands in is DX. */
    private boolean isSaved(FilePath path) {
        return !has(path, 'X') && (path.level() == FilePath.Level.MASTER_DICTIONARY || isSaved(path.definedIn()));
    }

    private boolean has(FilePath path, char letter) {
        DPointer pointer =
                path.level() == FilePath.Level.MASTER_DICTIONARY ? accounts.get(path.account()) : files.get(path);
        return pointer.has(letter);
    }

    static String key(FilePath path, DPointer pointer) {
        return path + " " + HexFormat.of().formatHex(pointer.bytes());
    }

    static String key(TapeFile file) {
        return key(file.path().orElseThrow(), file.pointer());
    }

    static String key(String file, ItemId id, byte[] body) {
        return file + " " + id + " " + HexFormat.of().formatHex(body);
    }

    static String key(Heard.Item item) {
        return key(item.file(), item.id(), item.body());
    }
}
