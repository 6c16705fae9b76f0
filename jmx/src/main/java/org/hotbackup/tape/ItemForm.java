package org.hotbackup.tape;

/** How an item stands on a tape. */
public enum ItemForm {
    /** As text, attribute by attribute. */
    PLAIN,
    /** As frames of 500 bytes in hexadecimal digits, its exact length beside them. */
    FRAMES,
    /** As frames without a length, as R83 writes them: up to 499 NUL at its end are the rest of the last frame. */
    PADDED_FRAMES,
    /** As raw bytes whose number is told (AP). */
    COUNTED,
    /** As text that follows its id in a segment of its own (AP). */
    SEGMENT
}
