package org.hotbackup.web.errors;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A request's path as it was sent, before anybody has decoded or shortened it. */
final class PathEncoding {

    private static final int HEX = 16;
    private static final Set<String> FOLDERS = Set.of(".", "..");

    private PathEncoding() {}

    /**
     * Why the container cannot decode a path, would refuse it without a word, or would take it for another one, as the end
     * of a sentence; else empty.
     */
    static Optional<String> obstacle(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean encoded = c == '%';
            if (encoded && !isEncodedByte(path, i)) {
                return Optional.of("the percent sign at byte " + (i + 1)
                        + " of the path is not followed by two hex digits; a percent sign itself is sent as %25");
            }
            int value = encoded ? Integer.parseInt(path.substring(i + 1, i + 3), HEX) : c;
            if (value == 0 || value == '\\') {
                return Optional.of("the HTTP server takes no " + (value == 0 ? "NUL" : "backslash")
                        + " in a path; send such an id in base64url, after an equals sign");
            }
        }
        return Stream.of(path.split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .filter(FOLDERS::contains)
                .findFirst()
                .map(segment -> "its path has the segment '" + segment + "'; such an id is sent as "
                        + segment.replace(".", "%2E"));
    }

    private static boolean isEncodedByte(String path, int at) {
        return at + 2 < path.length() && isHex(path.charAt(at + 1)) && isHex(path.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, HEX) >= 0;
    }
}
