package org.hotbackup.apply;

import java.util.Arrays;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.Marks;

/**
 * An item that holds some attributes and after them a body of any bytes, marks included.
 *
 * @param head the attributes
 * @param body what follows the mark after the last of them
 */
record HeadAndBody(DynamicArray head, byte[] body) {

    /** An item's first attributes, and what follows. */
    static HeadAndBody of(byte[] item, int attributes) {
        int end = 0;
        for (int marks = 0; marks < attributes && end < item.length; end++) {
            if (item[end] == Marks.ATTRIBUTE) {
                marks++;
            }
        }
        return new HeadAndBody(DynamicArray.of(Arrays.copyOf(item, end)), Arrays.copyOfRange(item, end, item.length));
    }

    byte[] toItem() {
        byte[] first = head.bytes();
        byte[] item = Arrays.copyOf(first, first.length + 1 + body.length);
        item[first.length] = Marks.ATTRIBUTE;
        System.arraycopy(body, 0, item, first.length + 1, body.length);
        return item;
    }
}
