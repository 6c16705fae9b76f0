package org.hotbackup.control.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tape device as the administrator configured it (TS-001): the only places where tapes are read and written. One
 * reads as {@code NAME PATH BLOCKSIZE TYPE OPTIONS REELSIZE}, the last two if they are wanted; several are separated by semicolons.
 *
 * @param name what callers call it: up to 16 letters, digits, dashes and underlines
 * @param path where it is, from the node's home on unless it begins with a slash
 * @param blockSize the bytes of data in a block
 * @param kind what is there
 * @param link whether each block has a link field of 12 bytes, as floppies have; always with 500 bytes
 * @param readOnly whether nothing may be written
 * @param reelBytes how many bytes a reel of a pseudo-tape takes, before they are compressed, then the next file is begun; 0 for
 *     no end
 */
public record TapeDeviceDefinition(
        String name, String path, int blockSize, Kind kind, boolean link, boolean readOnly, long reelBytes) {

    /** How many there may be (TS-001). */
    public static final int MOST = 16;

    private static final int LEAST_WORDS = 4;
    private static final int SMALLEST_BLOCK = 80;
    private static final int LARGEST_BLOCK = 65_535;
    private static final int FLOPPY_BLOCK = 500;
    private static final int LINK_BYTES = 12;
    private static final int LEAST_BLOCKS_OF_REEL = 5;
    private static final int KILO_BITS = 10;

    /** One whose reels have no end. */
    public TapeDeviceDefinition(String name, String path, int blockSize, Kind kind, boolean link, boolean readOnly) {
        this(name, path, blockSize, kind, link, readOnly, 0);
    }

    /** What a device is, by the letters of the manual. */
    public enum Kind {
        /** f: a pseudo-tape, the image of a tape in a file. */
        PSEUDO_TAPE("f", "pseudo-tape"),
        /** p: the same, compressed with gzip. */
        COMPRESSED("p", "compressed pseudo-tape"),
        /** c: a named pipe. */
        PIPE("c", "pipe"),
        /** d, h, q, v: a tape unit, or any other special file. */
        SPECIAL("dhqv", "special file");

        private final String letters;
        private final String words;

        Kind(String letters, String words) {
            this.letters = letters;
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether what stands on it can be gone back to. */
        public boolean hasPositions() {
            return this == PSEUDO_TAPE || this == COMPRESSED;
        }

        private static Optional<Kind> of(String letter) {
            for (Kind kind : values()) {
                if (letter.length() == 1 && kind.letters.contains(letter)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Whether a text is a list of devices. */
    public static boolean isValid(String text) {
        return find(text).isPresent();
    }

    /** The devices of a text, none if it is none. */
    public static List<TapeDeviceDefinition> parse(String text) {
        return find(text).orElse(List.of());
    }

    private static Optional<List<TapeDeviceDefinition>> find(String text) {
        List<TapeDeviceDefinition> devices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : text.split(";")) {
            if (!part.isBlank()) {
                Optional<TapeDeviceDefinition> device = one(part.strip().split("\\s+"));
                if (device.isEmpty() || !names.add(device.get().name())) {
                    return Optional.empty();
                }
                devices.add(device.get());
            }
        }
        return devices.size() <= MOST ? Optional.of(List.copyOf(devices)) : Optional.empty();
    }

    private static Optional<TapeDeviceDefinition> one(String... words) {
        int count = words.length;
        long reelBytes = count > LEAST_WORDS ? bytes(words[count - 1]) : 0;
        int options = reelBytes > 0 ? count - 1 : count;
        if (options < LEAST_WORDS || options > LEAST_WORDS + 1) {
            return Optional.empty();
        }
        String letters = options > LEAST_WORDS ? words[LEAST_WORDS] : "";
        int blockSize = words[2].matches("[0-9]{1,5}") ? Integer.parseInt(words[2]) : 0;
        Optional<Kind> kind = Kind.of(words[3]);
        boolean usable = words[0].matches("[A-Za-z0-9_-]{1,16}")
                && !List.of(words[1].split("/")).contains("..")
                && blockSize >= SMALLEST_BLOCK
                && blockSize <= LARGEST_BLOCK
                // x, no check of the size, is taken from lines of other systems: every size is read here
                && letters.matches("[lxr]*")
                && (reelBytes == 0
                        || reelBytes >= LEAST_BLOCKS_OF_REEL * (blockSize + LINK_BYTES)
                                && kind.filter(Kind::hasPositions).isPresent());
        return usable
                ? kind.map(of -> new TapeDeviceDefinition(
                        words[0],
                        words[1],
                        blockSize,
                        of,
                        letters.contains("l") || blockSize == FLOPPY_BLOCK,
                        letters.contains("r"),
                        reelBytes))
                : Optional.empty();
    }

    /** A size as it is written, {@code 720k}, {@code 100m}, {@code 2g}; 0 if it is none. */
    private static long bytes(String size) {
        if (!size.matches("[1-9][0-9]{0,5}[kmgKMG]")) {
            return 0;
        }
        int last = size.length() - 1;
        int power = 1 + "kmg".indexOf(Character.toLowerCase(size.charAt(last)));
        return Long.parseLong(size.substring(0, last)) << KILO_BITS * power;
    }
}
