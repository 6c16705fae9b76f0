package org.hotbackup.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/**
 * What an update touches, as a place in the tree account, file, section, its definition or its content, item. Two updates
 * touch the same if one's place contains the other's. Names are digests of 128 bits, so a place has a bounded length.
 *
 * @param key the names from the account down, each after a slash but the first
 */
record Extent(String key) {

    private static final int NAME_BYTES = 16;
    private static final char BELOW = '/';
    private static final String CONTENT = "/c";
    private static final String DEFINITION = "/d";

    /** What an update touches, empty if it changes nothing. */
    static Optional<Extent> of(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.RangeChecked) {
            return Optional.empty();
        } else if (update instanceof Update.ItemWritten written) {
            return Optional.of(new Extent(
                    section(path) + CONTENT + BELOW + name(written.id().bytes())));
        } else if (update instanceof Update.ItemDeleted deleted) {
            return Optional.of(new Extent(
                    section(path) + CONTENT + BELOW + name(deleted.id().bytes())));
        } else if (update instanceof Update.FileCleared) {
            return Optional.of(new Extent(section(path) + CONTENT));
        } else if (update instanceof Update.FileRedefined) {
            return Optional.of(new Extent(section(path) + DEFINITION));
        } else if (update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted) {
            return Optional.of(new Extent(name(path.account())));
        } else if (update instanceof Update.FileDeleted && path.level() == FilePath.Level.DICTIONARY) {
            return Optional.of(new Extent(file(path)));
        }
        return Optional.of(new Extent(section(path)));
    }

    /** What is touched when a section is created where there was none: no item of it is older than that. */
    static Extent created(FilePath path) {
        return new Extent(section(path) + DEFINITION);
    }

    /** The places that contain this one and more, the largest first. */
    List<Extent> containing() {
        List<Extent> containing = new ArrayList<>();
        for (int end = key.indexOf(BELOW); end >= 0; end = key.indexOf(BELOW, end + 1)) {
            containing.add(new Extent(key.substring(0, end)));
        }
        return containing;
    }

    /** Whether it contains no other place. */
    boolean isLeaf() {
        return key.contains(CONTENT + BELOW) || key.endsWith(DEFINITION);
    }

    private static String section(FilePath path) {
        return file(path) + BELOW + name(path.section());
    }

    private static String file(FilePath path) {
        return name(path.account()) + BELOW + name(path.file());
    }

    private static String name(String name) {
        return name(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(byte[] name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
