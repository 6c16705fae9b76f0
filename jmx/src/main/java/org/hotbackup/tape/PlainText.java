package org.hotbackup.tape;

import org.hotbackup.model.Marks;

/** Which bodies of items can stand on a tape as they are. */
final class PlainText {

    private PlainText() {}

    /** In a record of a save: no segment mark. */
    static boolean fitsSave(byte[] body) {
        return Bytes.indexOf(Marks.SEGMENT & 0xFF, body, 0, body.length) == body.length;
    }

    /** In a dump: no segment mark, and no attribute begins with FB, which would end the item. */
    static boolean fitsDump(byte[] body) {
        byte before = Marks.ATTRIBUTE;
        for (byte b : body) {
            if (b == Marks.SEGMENT || b == Marks.START_BUFFER && before == Marks.ATTRIBUTE) {
                return false;
            }
            before = b;
        }
        return true;
    }
}
