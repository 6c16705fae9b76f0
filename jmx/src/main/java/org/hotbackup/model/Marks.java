package org.hotbackup.model;

/**
 * The delimiters of the multivalue model (docs/data-model.md 1). None of these bytes occurs in valid UTF-8, so text never
 * collides with structure.
 */
public final class Marks {

    /** Segment mark: ends records on tape. */
    public static final byte SEGMENT = (byte) 0xFF;

    /** Attribute mark, shown as {@code ^}. */
    public static final byte ATTRIBUTE = (byte) 0xFE;

    /** Value mark, shown as {@code ]}. */
    public static final byte VALUE = (byte) 0xFD;

    /** Subvalue mark, shown as {@code \}. */
    public static final byte SUBVALUE = (byte) 0xFC;

    /** Start-buffer mark, shown as {@code [}. */
    public static final byte START_BUFFER = (byte) 0xFB;

    private Marks() {}

    /** Whether {@code b} is one of the five marks. */
    public static boolean isMark(byte b) {
        return (b & 0xFF) >= 0xFB;
    }
}
