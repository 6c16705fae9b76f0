package org.hotbackup.tape;

import org.hotbackup.model.DPointer;

/** What a save takes of a file, as its D-pointer says (docs/data-model.md 3). */
public enum Saved {
    /** Nothing: DX. Files that stand in it go with it. */
    NOTHING,
    /** The D-pointer without items: DY. */
    POINTER,
    /** All of it. */
    WHOLE;

    /** Of the file with this D-pointer. */
    public static Saved of(DPointer pointer) {
        if (pointer.has('X')) {
            return NOTHING;
        }
        return pointer.has('Y') ? POINTER : WHOLE;
    }
}
