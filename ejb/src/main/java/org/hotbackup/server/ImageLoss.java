package org.hotbackup.server;

import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * That a slave's image is not its master's as of one moment, and what is lost if it is promoted all the same.
 *
 * @param why a sentence
 * @param what is lost: accounts and files with {@code +} between them, or the LSNs that are missing, from-to; whoever accepts it
 *     gives just that
 */
record ImageLoss(String why, String what) {

    /** Of accounts and files. */
    static ImageLoss of(String why, Iterable<String> units) {
        return new ImageLoss(why, String.join("+", units));
    }

    /**
     * Lets an image be promoted that is whole, and one that is not if just that is accepted which is lost.
     *
     * @param accepted what may be lost; empty if nothing may
     * @throws Refusal otherwise; it says what is lost
     */
    static void refuseUnlessAccepted(String server, Optional<ImageLoss> loss, String accepted) {
        if (loss.isPresent() && !loss.get().what.equals(accepted)) {
            throw new Refusal(MessageCode.PROMOTION_LOSES, loss.get().why, loss.get().what);
        } else if (loss.isEmpty() && !accepted.isEmpty()) {
            throw new Refusal(MessageCode.NOTHING_TO_LOSE, server);
        }
    }
}
