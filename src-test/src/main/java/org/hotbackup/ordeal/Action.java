package org.hotbackup.ordeal;

import java.util.Random;

/**
 * Something that an operator does, or that happens.
 *
 * @param name how the plan calls it
 * @param weight how often it comes, compared with others
 * @param kind which part of the whole it concerns
 * @param work does it, and leaves both nodes of the pair running
 */
record Action(String name, int weight, Kind kind, Work work) {

    /** Of each kind the first phase has at least one. */
    enum Kind {
        /** The pair, its line and its users. */
        PAIR,
        /** A second slave of the same master. */
        SECOND_SLAVE
    }

    Action(String name, int weight, Work work) {
        this(name, weight, Kind.PAIR, work);
    }

    /** What is done; all chance in it comes from the random numbers that it is given. */
    interface Work {
        void perform(Random random);
    }
}
