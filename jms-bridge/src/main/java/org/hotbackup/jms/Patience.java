package org.hotbackup.jms;

/**
 * How long a master's end of a link waits, in milliseconds.
 *
 * @param call for an answer while connecting
 * @param ping between two signs of life that it sends
 * @param silence until a connection on which nothing arrives is dead, on either side
 * @param write for the other side to take something of what is sent
 */
record Patience(long call, long ping, long silence, long write) {

    /** Ten seconds of silence; half a minute without taking anything is the manual's write time-out (HB-147). */
    static final Patience USUAL = new Patience(5_000, 3_000, 10_000, 30_000);
}
