package org.hotbackup.client;

/** A node refused what was asked over REST; the message is the node's own sentence. */
public final class RestRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    RestRefusal(int status, String code, String sentence) {
        super(sentence);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message's number in the catalogue, for example HB1010; empty if the node gave none. */
    public String code() {
        return code;
    }
}
