package org.hotbackup.tape;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;

/**
 * The files that a save has defined, by the numbers that its items carry. The last {@value #MOST} are kept: the items of a
 * file follow it closely, for its own items stand right behind those of the files in it.
 */
final class Catalogue {

    /** How many files are kept. */
    static final int MOST = 65_536;

    private static final int SYSTEM = 0;
    private static final int ACCOUNT = 1;
    private static final int DICTIONARY = 2;
    private static final int SECTION = 3;
    private static final int LONGEST_NAME = 60;
    private static final int CODE = 1;
    private static final int MODULO = 3;

    private final TapeHandler handler;
    private final Map<Long, TapeFile> byNumber = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, TapeFile> eldest) {
            return size() > MOST;
        }
    };

    private Optional<FilePath> account = Optional.empty();
    private Optional<FilePath> dictionary = Optional.empty();
    private OptionalLong first = OptionalLong.empty();
    private OptionalLong last = OptionalLong.empty();

    Catalogue(TapeHandler handler) {
        this.handler = handler;
    }

    /** From now on of another tape file. */
    void beginTapeFile() {
        first = OptionalLong.empty();
        last = OptionalLong.empty();
    }

    /** The number that was defined first in this tape file; empty if none was. */
    OptionalLong first() {
        return first;
    }

    /** The number that was defined last in this tape file; empty if none was. */
    OptionalLong last() {
        return last;
    }

    Optional<TapeFile> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** A number means nothing any more. */
    void forget(long number) {
        byNumber.remove(number);
    }

    /** Defines a file; empty, and a note, if it stands in nothing that is defined. */
    Optional<TapeFile> define(int level, long number, byte[] name, byte[] pointer, int reel, long block) {
        forget(number);
        last = OptionalLong.of(number);
        first = first.isPresent() ? first : last;
        String text = TapeText.of(name);
        Optional<FilePath> path = path(level, text, number, reel, block);
        if (path.isEmpty() && level != SYSTEM) {
            handler.note(TapeNote.loss(MessageCode.TAPE_FILE_WITHOUT_PARENT, reel, block, shortened(text), level));
            return Optional.empty();
        }
        String shown = path.map(FilePath::toString).orElse(shortened(text));
        TapeFile file = new TapeFile(level, number, shortened(text), path, pointer(pointer, shown, reel, block));
        byNumber.put(number, file);
        return Optional.of(file);
    }

    /** Where a name of another file stands: beside it, or in the master dictionary (docs/tape-format.md 4). */
    Optional<FilePath> holder(Optional<TapeFile> target) {
        return target.isPresent() && target.get().level() == SECTION ? dictionary : account;
    }

    private Optional<FilePath> path(int level, String name, long number, int reel, long block) {
        switch (level) {
            case ACCOUNT -> {
                String usable = usable(name, number, reel, block);
                account = Optional.of(FilePath.masterDictionary(usable));
                dictionary = Optional.empty();
                return account;
            }
            case DICTIONARY -> {
                dictionary = account.map(in -> FilePath.dictionary(in.account(), usable(name, number, reel, block)));
                return dictionary;
            }
            case SECTION -> {
                return dictionary.map(in -> FilePath.data(in.account(), in.file(), usable(name, number, reel, block)));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    /** The name, or one that can be used in its place and that no other file of the save has. */
    private String usable(String name, long number, int reel, long block) {
        try {
            FilePath.checkName("a file", name);
            return name;
        } catch (Refusal e) {
            String usable = name.codePoints()
                            .limit(LONGEST_NAME / 2)
                            .mapToObj(c -> isUsable(c) ? Character.toString(c) : "_")
                            .collect(Collectors.joining())
                    + "~" + Long.toHexString(number).toUpperCase(Locale.ROOT);
            handler.note(TapeNote.warning(MessageCode.TAPE_NAME_CHANGED, reel, block, shortened(name), usable));
            return usable;
        }
    }

    private static boolean isUsable(int character) {
        try {
            FilePath.checkName("a file", "x" + Character.toString(character));
            return character < 0x80;
        } catch (Refusal e) {
            return false;
        }
    }

    private static String shortened(String name) {
        return name.length() <= FilePath.MAX_NAME_BYTES ? name : name.substring(0, FilePath.MAX_NAME_BYTES);
    }

    /** The D-pointer; if it cannot be used, the same with a code and a modulo that can. */
    private DPointer pointer(byte[] bytes, String file, int reel, long block) {
        try {
            return DPointer.ofItem(bytes);
        } catch (Refusal e) {
            DynamicArray attributes = DynamicArray.of(bytes);
            String code = attributes.extract(CODE).toUpperCase(Locale.ROOT);
            String letters = code.chars()
                    .skip(1)
                    .filter(c -> "CFLNPQSTUXY".indexOf(c) >= 0)
                    .distinct()
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            String modulo = attributes.extract(MODULO);
            boolean usable = modulo.matches("[0-9]{1,8}")
                    && Integer.parseInt(modulo) >= 1
                    && Integer.parseInt(modulo) <= DPointer.MAX_MODULO;
            attributes.replace(CODE, "D" + letters);
            attributes.replace(MODULO, usable ? modulo : "1");
            handler.note(TapeNote.warning(
                    MessageCode.TAPE_POINTER_CHANGED,
                    reel,
                    block,
                    file,
                    "it was taken as D" + letters + " with modulo " + (usable ? modulo : "1")));
            return DPointer.ofItem(attributes.bytes());
        }
    }
}
