package org.hotbackup.jms;

/**
 * How long an end of a link waits, in milliseconds.
 *
 * @param call for an answer while connecting
 * @param ping between two signs of life that a master sends
 * @param silence until a connection on which nothing arrives is dead, on either side
 * @param write for the other side to take something of what is sent
 * @param handshake for a caller to show a slave server who he is
 */
record Patience(long call, long ping, long silence, long write, long handshake) {

    /** Ten seconds of silence; half a minute without taking anything is the manual's write time-out (HB-112). */
    static final Patience USUAL = new Patience(5_000, 3_000, 10_000, 30_000, 5_000);
}
