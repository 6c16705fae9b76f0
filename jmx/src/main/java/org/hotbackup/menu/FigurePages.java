package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The figures of the last hour and day, each sample with a bar. */
final class FigurePages {

    private static final String TITLE = "Figures";
    private static final String OF_NODE = "node";
    private static final String OF_ANY_SERVER = "server";
    /** The node has these too: of its longest queue. */
    private static final String OF_QUEUE = "queue-";

    private static final int MOST = 2_000;
    private static final int LONGEST_BAR = 34;

    /**
     * A figure, as {@link SamplesMXBean#getFigures} lists it.
     *
     * @param word its name
     * @param unit what it is counted in
     * @param of node, master, slave or server
     */
    private record Sampled(String word, String unit, String of) {

        static Sampled parse(String line) {
            String[] words = line.split(" ");
            return new Sampled(words[0], words[1], words[2]);
        }

        boolean isOfNode() {
            return of.equals(OF_NODE) || word.startsWith(OF_QUEUE);
        }

        boolean isOf(String serverType) {
            return of.equals(OF_ANY_SERVER) || of.equals(serverType);
        }
    }

    private FigurePages() {}

    static void open(Session session) {
        String name = session.server();
        session.open(new Menu(
                TITLE,
                List.of(
                        new Choice(
                                "Of this node",
                                "Its queue, its transactions, its disk",
                                s -> s.ask(
                                        TITLE,
                                        controls -> figures(controls.samples(), Sampled::isOfNode),
                                        figures -> choose(s, "node", "", figures))),
                        new Choice(
                                "Of server '" + name + "'",
                                "What it sends, receives and lags behind",
                                s -> s.ask(
                                        TITLE,
                                        controls -> {
                                            String type = type(controls.server(name));
                                            return figures(controls.samples(), figure -> figure.isOf(type));
                                        },
                                        figures -> choose(s, "server '" + name + "'", name, figures))))));
    }

    private static String type(ServerMXBean server) {
        return server.getServerType().toLowerCase(Locale.ROOT);
    }

    private static List<Sampled> figures(SamplesMXBean samples, Predicate<Sampled> which) {
        return samples.getFigures().stream().map(Sampled::parse).filter(which).toList();
    }

    private static void choose(Session session, String whose, String server, List<Sampled> figures) {
        if (figures.isEmpty()) {
            session.show(TITLE, MessageCode.MENU_NOTHING.text());
            return;
        }
        session.open(new Menu(
                "Figures of " + whose,
                figures.stream()
                        .map(figure -> new Choice(
                                figure.word(),
                                "In " + figure.unit() + ", over the last hour and day",
                                s -> show(s, whose, server, figure)))
                        .toList()));
    }

    private static void show(Session session, String whose, String server, Sampled figure) {
        String title = figure.word() + " of " + whose + " in " + figure.unit();
        session.ask(
                title,
                controls -> controls.samples().samples(figure.word(), server, 0, MOST),
                samples -> session.show(title, samples.isEmpty() ? MessageCode.MENU_NOTHING.text() : chart(samples)));
    }

    /** The last one first. */
    private static String chart(List<Sample> samples) {
        double greatest = samples.stream().mapToDouble(Sample::value).max().orElse(0);
        List<Sample> lastFirst = new ArrayList<>(samples);
        Collections.reverse(lastFirst);
        return lastFirst.stream()
                .map(sample -> Texts.withShortTimes(sample.time())
                        + String.format("  %16s  ", number(sample.value()))
                        + "#".repeat(length(sample.value(), greatest)))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    private static int length(double value, double greatest) {
        return greatest <= 0 ? 0 : (int) Math.round(LONGEST_BAR * Math.max(0, value) / greatest);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.3f", value);
    }
}
