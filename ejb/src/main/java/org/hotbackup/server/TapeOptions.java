package org.hotbackup.server;

import java.util.Locale;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * How a tape-socket server is started (TS-006).
 *
 * @param keep c: the pipe is not cleared, a tape that was under way goes on
 * @param withoutClock s: the clocks are not compared
 * @param traced v: with traces on
 */
record TapeOptions(boolean keep, boolean withoutClock, boolean traced) {

    /** As it runs on after a start of the node. */
    static final TapeOptions GOES_ON = new TapeOptions(true, true, false);

    /**
     * Reads the letters of the options.
     *
     * @throws Refusal if one of them is none
     */
    static TapeOptions of(String letters) {
        String given = letters.toLowerCase(Locale.ROOT).replaceAll("[(), ]", "");
        if (!given.matches("[csv]*")) {
            throw new Refusal(MessageCode.TAPE_OPTIONS, letters);
        }
        return new TapeOptions(given.contains("c"), given.contains("s"), given.contains("v"));
    }
}
