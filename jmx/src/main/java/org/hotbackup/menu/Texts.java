package org.hotbackup.menu;

/** The words of the menu that are no messages: titles, help, the names of keys. */
final class Texts {

    static final String HEADER = "hot-backup";
    static final String FINDING = "Looking";
    static final String LOST = "Connection lost";
    static final String GONE = "Server deleted";
    static final String BUSY_KEYS = "ESC does not wait for it   x exit";
    static final String KEYS_TITLE = "Keys";
    static final String KEYS =
            """
            RETURN            takes the highlighted choice
            1 to 9, 0         takes that choice at once; 0 is the tenth
            CTRL-N, down      moves down; in a long text to the next page
            CTRL-B, up        moves up; in a long text a page back
            PgDn, PgUp        turn the pages of the messages from anywhere
            CTRL-X            cancels input; CTRL-U empties a field
            ESC, q            back to what was there before, or out of the menu
            x                 out of the menu, from anywhere
            CTRL-L            draws the screen anew
            """;
    static final String CONFIRM_HELP = "y does it, n goes back to the fields, q quits and changes nothing.";

    private Texts() {}

    static String connecting(String node) {
        return "Connecting to node '" + node + "'";
    }

    static String silent(long seconds) {
        return "no answer for " + seconds + " s";
    }

    static String busy(String doing, long seconds) {
        return doing + " ... " + (seconds < 1 ? "" : seconds + " s, ") + "waiting for the node";
    }
}
