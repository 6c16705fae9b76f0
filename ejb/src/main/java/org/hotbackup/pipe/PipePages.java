package org.hotbackup.pipe;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much room there is in a pipe for the one who writes it, who only learns from the kernel how many bytes nobody has read yet. A pipe
 * holds so many pages, not bytes, and a write may begin a new one: so what is in it is told apart by the writes that it came from.
 */
final class PipePages {

    private final int usable;
    private final Deque<Integer> writes = new ArrayDeque<>();
    private long written;

    /** Of a pipe of so many bytes. */
    PipePages(int capacity) {
        // one is kept free
        this.usable = capacity / NamedPipe.PAGE - 1;
    }

    /** So many bytes were written at once. */
    void wrote(int bytes) {
        writes.add(bytes);
        written += bytes;
    }

    /**
     * How many bytes can be written without waiting.
     *
     * @param unread bytes in the pipe
     */
    int room(int unread) {
        while (!writes.isEmpty() && written - writes.peek() >= unread) {
            written -= writes.poll();
        }
        int pages = 0;
        for (int write : writes) {
            pages += pages(write);
        }
        // of a former process, whose writes may have left pages half full
        pages += pages(2 * (int) Math.max(0, unread - written));
        return Math.max(0, usable - pages) * NamedPipe.PAGE;
    }

    private static int pages(int bytes) {
        return (bytes + NamedPipe.PAGE - 1) / NamedPipe.PAGE;
    }
}
