package org.hotbackup.ordeal;

import java.util.Random;

/**
 * Something that an operator does, or that happens.
 *
 * @param name how the plan calls it
 * @param weight how often it comes, compared with others
 * @param work does it, and leaves both nodes running
 */
record Action(String name, int weight, Work work) {

    /** What is done; all chance in it comes from the random numbers that it is given. */
    interface Work {
        void perform(Random random);
    }
}
