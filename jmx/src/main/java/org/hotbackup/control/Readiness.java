package org.hotbackup.control;

/** Whether the node can be asked anything: all that strangers may know. Thread-safe. */
public interface Readiness {

    /** Whether the control beans are there, the last part that starts. */
    boolean isReady();
}
