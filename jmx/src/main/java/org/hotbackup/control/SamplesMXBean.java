package org.hotbackup.control;

import java.util.List;

/**
 * The figures of the last hour and the last day, sampled by the node itself. {@code org.hotbackup:type=Samples}. They
 * survive a restart but for the last minutes before a kill.
 */
@Description("The figures of the last hour, every ten seconds, and of the last day, every five minutes")
public interface SamplesMXBean {

    @Description("The figures that are sampled, as word, unit and what they are of")
    List<String> getFigures();

    @Description(value = "Seconds between two samples of the last hour", units = "s")
    int getIntervalSeconds();

    @Description(value = "Seconds between two samples of the last day", units = "s")
    int getLongIntervalSeconds();

    @Description(
            value = "When the last sample was taken, epoch milliseconds; 0 if there is none yet",
            units = "epoch ms")
    long getLastMillis();

    @Description(
            value = "Samples of one figure, oldest first; where it was not known there is none",
            impact = Description.Impact.INFO)
    List<Sample> samples(
            @Description("figure: its word, as Figures lists it") String figure,
            @Description("server: its name; empty for the figures of the node") String server,
            @Description("from: epoch milliseconds; 0 for all that are kept") long fromMillis,
            @Description("limit: at most so many, 1 to 2000") int limit);

    @Description(
            value = "The same as comma separated values: time in UTC and value, with a line of headings",
            impact = Description.Impact.INFO)
    String csv(
            @Description("figure: its word, as Figures lists it") String figure,
            @Description("server: its name; empty for the figures of the node") String server,
            @Description("from: epoch milliseconds; 0 for all that are kept") long fromMillis,
            @Description("limit: at most so many, 1 to 2000") int limit);
}
