package org.hotbackup.management;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Reads that walk through everything there is, on the thread of whoever asks: anybody may ask, and only so many do it at
 * once. Nobody waits for his turn. Thread-safe.
 */
final class FullReading {

    private final String what;
    private final Semaphore turns;

    /**
     * One that nobody is at.
     *
     * @param what is read, the beginning of a sentence
     * @param atOnce how many callers may read it at the same time
     */
    FullReading(String what, int atOnce) {
        this.what = what;
        turns = new Semaphore(atOnce);
    }

    /**
     * Reads.
     *
     * @throws Refusal if as many as may are at it already
     */
    <T> T read(Supplier<T> reading) {
        if (!turns.tryAcquire()) {
            throw new Refusal(MessageCode.READ_AS_A_WHOLE, what);
        }
        try {
            return reading.get();
        } finally {
            turns.release();
        }
    }
}
