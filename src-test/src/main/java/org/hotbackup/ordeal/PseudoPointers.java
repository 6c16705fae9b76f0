package org.hotbackup.ordeal;

import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;

/** Items of dictionaries that are D-pointers themselves. */
final class PseudoPointers {

    private PseudoPointers() {}

    /** Whether an item says by its own letters that it is logged; empty if it is no D-pointer. */
    static Optional<Boolean> logged(byte[] body) {
        if (body.length == 0 || (body[0] | 0x20) != 'd') {
            return Optional.empty();
        }
        try {
            return Optional.of(DPointer.ofItem(body).has('L'));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }
}
