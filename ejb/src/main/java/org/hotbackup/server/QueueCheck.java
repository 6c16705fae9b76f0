package org.hotbackup.server;

import java.io.Serializable;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;

/**
 * What a master server checks each check period: that updates are enqueued (HB-149), and that the queue has not grown by
 * more than 500 frames over the value said before (HB-150).
 */
final class QueueCheck implements Serializable {

    /** A frame is 500 bytes of queued data. */
    static final long FRAME_BYTES = 500;

    private static final long serialVersionUID = 1L;
    private static final long GROWTH_FRAMES = 500;

    private long previousFrames;

    void run(boolean enqueuing, long queuedBytes, ServerMessages messages) {
        if (!enqueuing) {
            messages.say(MessageCode.NOT_ENQUEUED);
        }
        long frames = queuedBytes / FRAME_BYTES;
        if (frames > previousFrames + GROWTH_FRAMES) {
            messages.say(MessageCode.QUEUE_HAS_GROWN, frames);
            previousFrames = frames;
        } else if (frames < previousFrames) {
            previousFrames = frames;
        }
    }
}
