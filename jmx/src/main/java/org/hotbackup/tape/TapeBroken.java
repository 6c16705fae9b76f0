package org.hotbackup.tape;

import java.io.EOFException;
import java.io.IOException;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** A tape cannot be read or written any further. What was read before stands; what follows is not known. */
public final class TapeBroken extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int reel;
    private final long block;

    /**
     * Ends here.
     *
     * @param values what the sentence says after reel and block, its first two values
     */
    TapeBroken(MessageCode code, int reel, long block, Object... values) {
        super(code, values(reel, block, values));
        this.reel = reel;
        this.block = block;
    }

    /** Ends because the device failed. */
    static TapeBroken of(IOException e, MessageCode code, int reel, long block) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof EOFException) {
            reason = "the compressed image ends in its middle, it was cut off and has to be copied again";
        }
        TapeBroken broken = new TapeBroken(code, reel, block, reason);
        broken.initCause(e);
        return broken;
    }

    static Object[] values(int reel, long block, Object... values) {
        Object[] all = new Object[values.length + 2];
        all[0] = reel;
        all[1] = block;
        System.arraycopy(values, 0, all, 2, values.length);
        return all;
    }

    /** The reel, from 1. */
    public int reel() {
        return reel;
    }

    /** The block on it, from 0. */
    public long block() {
        return block;
    }
}
