package org.hotbackup.health;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A station that the heartbeat passes.
 *
 * @param name for people
 * @param progress a number that changes as long as the station gets on
 * @param excused whether it says itself, by name, why it cannot: then it is in trouble and not stuck
 * @param ask lets it get on although nothing else is to be done; never blocks
 */
public record Station(String name, LongSupplier progress, BooleanSupplier excused, Runnable ask) {}
