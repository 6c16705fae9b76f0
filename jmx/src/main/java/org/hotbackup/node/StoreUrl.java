package org.hotbackup.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;

/**
 * Where the store of a node is: {@code hotbackup.store.url} as seen from the node's home.
 *
 * @param home the node's
 * @param url the JDBC URL, with an absolute path if it is an H2 file
 * @param file the path in an H2 file's URL, without the suffix that H2 adds; empty for every other store
 */
record StoreUrl(NodeHome home, String url, Optional<Path> file) {

    /** The store that every home has, unless another one is chosen. */
    static final String OWN = "jdbc:h2:file:./data/store";

    private static final String H2_FILE = "jdbc:h2:file:";
    private static final Pattern H2_PATH = Pattern.compile("jdbc:h2:(?:file:)?((?:/|\\./|~/)[^;]*)(;.*)?");
    private static final String H2_SUFFIX = ".mv.db";

    /**
     * The store of a home.
     *
     * @throws Refusal if the configuration cannot be read or names none
     */
    static StoreUrl of(NodeHome home) {
        String configured = home.configured().text(NodeSetting.STORE_URL);
        Matcher h2 = H2_PATH.matcher(isDefaultOfOlderHomes(home, configured) ? OWN : configured);
        if (!h2.matches()) {
            return new StoreUrl(home, configured, Optional.empty());
        }
        Path file = resolve(home, h2.group(1));
        String options = h2.group(2) == null ? "" : h2.group(2);
        return new StoreUrl(home, H2_FILE + file + options, Optional.of(file));
    }

    /** Homes were made with absolute paths once, and a home that is moved or copied keeps them. */
    private static boolean isDefaultOfOlderHomes(NodeHome home, String configured) {
        return home.configured()
                .find(NodeSetting.NODE_HOME)
                .filter(madeIn -> configured.equals(H2_FILE + madeIn + "/data/store"))
                .isPresent();
    }

    private static Path resolve(NodeHome home, String path) {
        return path.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), path.substring(2))
                : home.folder().resolve(Path.of(path).normalize());
    }

    /**
     * Makes sure that the node does not work on another one's database, nor begins an empty one in place of its own.
     *
     * @throws Refusal if it would
     */
    void check() {
        if (file.isEmpty()) {
            return;
        }
        Optional<Path> around = homeAround(file.get());
        if (around.isPresent() && !isSame(around.get(), home.folder())) {
            throw new Refusal(MessageCode.STORE_OF_ANOTHER_HOME, home.name(), around.get(), home.configuration(), OWN);
        }
        Path database = file.get().resolveSibling(file.get().getFileName() + H2_SUFFIX);
        boolean started = !Files.exists(home.firstUser());
        if (started && !Files.exists(database)) {
            throw new Refusal(MessageCode.STORE_MISSING, home.name(), database);
        }
    }

    private static Optional<Path> homeAround(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(new NodeHome("", folder).configuration())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw FileTrouble.unusable(one, e);
        }
    }
}
