package org.hotbackup.device;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Keeps the first bytes for later and hands on what follows them. Not thread-safe. */
final class HoldingBack extends OutputStream {

    private final ByteBuffer kept;
    private final OutputStream rest;

    /**
     * Before a stream.
     *
     * @param kept takes as many as it has room for
     */
    HoldingBack(ByteBuffer kept, OutputStream rest) {
        this.kept = kept;
        this.rest = rest;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int first = Math.min(length, kept.remaining());
        kept.put(bytes, from, first);
        if (length > first) {
            rest.write(bytes, from + first, length - first);
        }
    }
}
