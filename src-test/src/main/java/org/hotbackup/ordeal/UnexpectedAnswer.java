package org.hotbackup.ordeal;

/** What a resource of the ordeal's own answered instead of success. */
final class UnexpectedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    UnexpectedAnswer(int status, String body) {
        super("HTTP " + status + " " + body.strip().lines().findFirst().orElse(""));
        this.status = status;
    }

    int status() {
        return status;
    }
}
