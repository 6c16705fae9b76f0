package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * The value of a figure at one time.
 *
 * @param timeMillis when it was taken, epoch milliseconds; of five minutes, their beginning
 * @param time the same, ISO-8601 in UTC
 * @param value in the figure's unit
 */
public record Sample(long timeMillis, String time, double value) {

    /** For MXBean tools. */
    @ConstructorParameters({"timeMillis", "time", "value"})
    public Sample {}

    public long getTimeMillis() {
        return timeMillis;
    }

    public String getTime() {
        return time;
    }

    public double getValue() {
        return value;
    }
}
