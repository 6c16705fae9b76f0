package org.hotbackup.control.settings;

import java.util.Optional;

/** A setting of a server: a field of its setup, and a keyword of the command. */
public interface Setting {

    /** How the command line and the setup operation call it. */
    String key();

    /** What it is called for people. */
    String label();

    /** What is valid, for people. */
    String valid();

    /** The default, empty if it must be given. */
    Optional<String> defaultValue();

    /** Whether it applies to this kind of server: to a master or slave, to one for input or output. */
    boolean appliesTo(String kind);

    /**
     * The value in its canonical form.
     *
     * @throws org.hotbackup.control.messages.Refusal if it is not valid
     */
    String checked(String value);
}
