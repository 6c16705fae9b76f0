package org.hotbackup.web.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** Path segments as they were sent: ids are bytes, so no server may decode them as text. */
final class RawPath {

    private static final String DICT = "dict ";

    private RawPath() {}

    /**
     * The id that a segment names: percent-encoded, or after an equals sign in base64url. The second form is for the two
     * bytes that the HTTP server lets through in no other way, backslash and NUL; an id that itself begins with an equals
     * sign is sent with {@code %3D}.
     */
    static ItemId id(String segment) {
        if (!segment.startsWith("=")) {
            return ItemId.of(decode(segment));
        }
        try {
            return ItemId.of(Base64.getUrlDecoder().decode(segment.substring(1)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST, "'" + segment + "' is not base64url after the equals sign");
        }
    }

    /** The name that a percent-encoded segment is. */
    static String name(String segment) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decode(segment)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(MessageCode.MALFORMED_REQUEST, "'" + segment + "' is not UTF-8");
        }
    }

    /**
     * The section that an account and a segment of {@code file}, {@code file,section} or {@code dict file} name; never
     * the account's master dictionary, which is no file.
     */
    static FilePath file(String account, String segment) {
        String name = name(segment);
        FilePath path = name.startsWith(DICT)
                ? FilePath.parse(DICT + name(account) + "," + name.substring(DICT.length()))
                : FilePath.parse(name(account) + "," + name);
        if (path.level() == FilePath.Level.MASTER_DICTIONARY || !name.equals(name.strip())) {
            throw new Refusal(MessageCode.PATH_MALFORMED, name(account) + "," + name);
        }
        return path;
    }

    /**
     * The section whose items an account and a segment name: a file as above, or with a comma and nothing else the account's master
     * dictionary, {@code account,,}.
     */
    static FilePath section(String account, String segment) {
        return name(segment).equals(",") ? FilePath.masterDictionary(name(account)) : file(account, segment);
    }

    private static byte[] decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < segment.length()
                    && Character.digit(segment.charAt(i + 1), 16) >= 0
                    && Character.digit(segment.charAt(i + 2), 16) >= 0) {
                bytes.write(Integer.parseInt(segment.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                throw new Refusal(MessageCode.MALFORMED_REQUEST, "'" + segment + "' is not percent-encoded properly");
            }
        }
        return bytes.toByteArray();
    }
}
