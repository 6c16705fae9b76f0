package org.hotbackup.health;

import java.util.Arrays;
import java.util.Map;
import org.hotbackup.control.Figure;

/**
 * The figures of the node, or of one of its servers, at one time.
 *
 * @param atMillis epoch milliseconds
 * @param values by the figure's ordinal; NaN if it was not known
 */
public record Reading(long atMillis, double[] values) {

    static Reading of(long atMillis, Map<Figure, Double> known) {
        double[] values = new double[Figure.values().length];
        Arrays.fill(values, Double.NaN);
        known.forEach((figure, value) -> values[figure.ordinal()] = value);
        return new Reading(atMillis, values);
    }

    /** Of a figure; NaN if it was not known. */
    public double value(Figure figure) {
        return values[figure.ordinal()];
    }

    boolean isKnown(Figure figure) {
        return !Double.isNaN(value(figure));
    }
}
