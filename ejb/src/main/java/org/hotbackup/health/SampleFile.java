package org.hotbackup.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hotbackup.control.Figure;

/**
 * Samples as a file of text: a line with the figures' words, then a line for each reading: {@code hour} or {@code day}, the
 * server's name or {@code -}, the time in epoch milliseconds, and the values, {@code -} for one that was not known. The
 * line of words lets a later program with other figures read it. Readings are appended as they are taken; a last line
 * without its end is one that a crash cut off.
 */
final class SampleFile {

    private static final String FIRST = "hot-backup samples";
    private static final String HOUR = "hour";
    private static final String DAY = "day";
    private static final String NONE = "-";
    /** More than can be written: ten thousand readings a server. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int COLUMNS_BEFORE_VALUES = 3;

    private SampleFile() {}

    static void write(Path file, Map<String, SampleHistory> histories) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(FIRST + " " + String.join(" ", Figure.words()));
        histories.forEach((source, history) -> {
            history.day().forEach(reading -> lines.add(line(DAY, source, reading)));
            history.hour().forEach(reading -> lines.add(line(HOUR, source, reading)));
        });
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.write(written, lines, StandardCharsets.UTF_8);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Adds readings of this moment to a file that was written before. */
    static void append(Path file, Map<String, Reading> readings) throws IOException {
        StringBuilder lines = new StringBuilder();
        readings.forEach(
                (source, reading) -> lines.append(line(HOUR, source, reading)).append('\n'));
        Files.writeString(file, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private static String line(String kind, String source, Reading reading) {
        String values = DoubleStream.of(reading.values())
                .mapToObj(value -> Double.isNaN(value) ? NONE : text(value))
                .collect(Collectors.joining(" "));
        return kind + " " + (source.isEmpty() ? NONE : source) + " " + reading.atMillis() + " " + values;
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static Map<String, SampleHistory> read(Path file) throws IOException {
        Map<String, SampleHistory> histories = new TreeMap<>();
        if (!Files.exists(file)) {
            return histories;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is too long");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(FIRST)) {
            throw new IOException(file + " does not begin with '" + FIRST + "'");
        }
        List<Optional<Figure>> columns = new ArrayList<>();
        for (String word : lines.get(0).substring(FIRST.length()).strip().split(" ")) {
            columns.add(Figure.of(word));
        }
        for (String line : lines.subList(1, lines.size())) {
            read(line.split(" "), columns, histories);
        }
        return histories;
    }

    private static void read(String[] words, List<Optional<Figure>> columns, Map<String, SampleHistory> histories)
            throws IOException {
        if (words.length != columns.size() + COLUMNS_BEFORE_VALUES) {
            throw new IOException("a line has " + words.length + " words");
        }
        try {
            Map<Figure, Double> values = new EnumMap<>(Figure.class);
            for (int column = 0; column < columns.size(); column++) {
                String word = words[column + COLUMNS_BEFORE_VALUES];
                if (columns.get(column).isPresent() && !word.equals(NONE)) {
                    values.put(columns.get(column).get(), Double.valueOf(word));
                }
            }
            Reading reading = Reading.of(Long.parseLong(words[2]), values);
            String source = words[1].equals(NONE) ? Samples.NODE : words[1];
            SampleHistory history = histories.computeIfAbsent(source, s -> new SampleHistory());
            if (words[0].equals(DAY)) {
                history.addOfDay(reading);
            } else {
                history.addOfHour(reading);
            }
        } catch (NumberFormatException e) {
            throw new IOException("a number cannot be read: " + e.getMessage(), e);
        }
    }
}
