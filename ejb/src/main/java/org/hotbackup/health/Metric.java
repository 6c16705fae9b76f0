package org.hotbackup.health;

/**
 * What is offered to Prometheus.
 *
 * @param <F> the facts that it is made from
 */
public interface Metric<F> {

    /** Its name in a scrape. */
    String metric();

    /** What it says, in a few words. */
    String help();

    /** Whether it only grows, until what it counts begins anew. */
    boolean isCounter();

    /** Its value; not a number if it is not known. */
    double value(F facts);
}
