package org.hotbackup.apply;

import java.util.Arrays;
import java.util.Optional;

/** How a hold file keeps an item's last state under the item's own id: W and its body, or D. */
final class HeldItem {

    private static final byte WRITTEN = 'W';
    private static final byte DELETED = 'D';

    private HeldItem() {}

    static byte[] of(Optional<byte[]> state) {
        if (state.isEmpty()) {
            return new byte[] {DELETED};
        }
        byte[] held = new byte[state.get().length + 1];
        held[0] = WRITTEN;
        System.arraycopy(state.get(), 0, held, 1, state.get().length);
        return held;
    }

    static Optional<byte[]> state(byte[] held) {
        return held[0] == WRITTEN ? Optional.of(Arrays.copyOfRange(held, 1, held.length)) : Optional.empty();
    }
}
