package org.hotbackup.resync;

/** Who gave the command: hears how far it is, and lets time pass. */
public interface ResyncWatch {

    /** Something has begun or is done: one line. */
    void say(String line);

    /** How far something is that takes long; may be asked often, and is said now and then. */
    void progress(String line);

    /** Waits a moment. */
    void pause();

    /** The time, in milliseconds from any moment on. */
    long millis();
}
