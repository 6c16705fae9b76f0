package org.hotbackup.cli;

/** A command did what it could and the outcome is not what was asked for; the message is one sentence. */
final class Failed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failed(String sentence) {
        super(sentence);
    }
}
