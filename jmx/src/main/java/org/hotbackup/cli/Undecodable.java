package org.hotbackup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalLong;

/** Where a text is not of the charset that it is read in: a reader decodes ahead, so it cannot say that. */
final class Undecodable {

    private static final int BUFFER = 8192;

    private Undecodable() {}

    /** The line of the first byte that cannot be decoded, counted from 1 as an editor does; empty if all can. */
    static OptionalLong firstLine(InputStream text, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        LineCount lines = new LineCount();
        boolean ended = false;
        while (!ended) {
            int read = text.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = read < 0;
            bytes.position(bytes.position() + Math.max(0, read)).flip();
            CoderResult result;
            do {
                result = decoder.decode(bytes, chars, ended);
                lines.add(chars.flip());
                chars.clear();
            } while (result.isOverflow());
            if (result.isError()) {
                return OptionalLong.of(lines.line);
            }
            bytes.compact();
        }
        return OptionalLong.empty();
    }

    /** Counts CR, LF and both together as the end of a line. */
    private static final class LineCount {

        private long line = 1;
        private boolean afterReturn;

        void add(CharBuffer text) {
            while (text.hasRemaining()) {
                char c = text.get();
                if (c == '\r' || c == '\n' && !afterReturn) {
                    line++;
                }
                afterReturn = c == '\r';
            }
        }
    }
}
