package org.hotbackup.menu;

import java.util.Optional;

/** What has the keys while the message section is read, if it can do more than turn pages. */
interface Reader {

    /** Takes a key; false if it is none of its own. */
    boolean press(Key key, Session session);

    /** The keys that it knows, or what it has to say. */
    String keys();

    /** The command line, while there is one. */
    Optional<LineEdit> command();
}
