package org.hotbackup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;

/** The rows of a CSV file as items, in its order. */
final class CsvItems {

    private static final int MOST_PROBLEMS = 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    private final Path csv;
    private final Charset charset;
    private final CSVFormat format;
    private final List<String> idColumns;
    private final Map<String, String> separators;

    CsvItems(Path csv, Charset charset, char delimiter, List<String> idColumns, Map<String, String> separators) {
        this.csv = csv;
        this.charset = charset;
        this.format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
                .setAllowMissingColumnNames(true)
                .get();
        this.idColumns = idColumns;
        this.separators = separators;
    }

    /** The columns that become attributes, in their order. */
    List<String> attributes() {
        try (CSVParser parser = open()) {
            return attributes(parser);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw refusal(reason(e, 1));
        }
    }

    private List<String> attributes(CSVParser parser) {
        return parser.getHeaderNames().stream()
                .filter(column -> !idColumns.contains(column))
                .toList();
    }

    /**
     * Reads the whole file without keeping it.
     *
     * @return how many rows there are
     * @throws Refusal if one of them is bad, with the line numbers
     */
    long check() {
        Map<ItemId, Long> lines = new HashMap<>();
        List<String> problems = new ArrayList<>();
        long rows = read(
                (line, row) -> {
                    try {
                        StoredItem item = item(row.record(), row.attributes());
                        Long earlier = lines.putIfAbsent(item.id(), line);
                        if (earlier != null) {
                            problems.add(
                                    "line " + line + ": the id '" + item.id() + "' stands in line " + earlier + " too");
                        }
                    } catch (Refusal e) {
                        problems.add("line " + line + ": " + e.getMessage());
                    }
                },
                problems);
        if (!problems.isEmpty()) {
            String more = problems.size() > MOST_PROBLEMS ? "; and " + (problems.size() - MOST_PROBLEMS) + " more" : "";
            throw refusal(String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) + more);
        }
        return rows;
    }

    /** Reads the file again, which was found to be good, and gives its items. */
    void forEach(Consumer<StoredItem> consumer) {
        List<String> problems = new ArrayList<>();
        read((line, row) -> consumer.accept(item(row.record(), row.attributes())), problems);
        if (!problems.isEmpty()) {
            throw refusal(problems.get(0));
        }
    }

    private record Row(CSVRecord record, List<String> attributes) {}

    /** What is done with a row; the line is where it begins, counted from 1. */
    @FunctionalInterface
    private interface RowConsumer {
        void accept(long line, Row row);
    }

    private long read(RowConsumer consumer, List<String> problems) {
        long rows = 0;
        long line = 1;
        try (CSVParser parser = open()) {
            checkNames(parser.getHeaderNames());
            checkColumns(parser.getHeaderNames());
            List<String> attributes = attributes(parser);
            checkAttributes(attributes);
            line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                line = parser.getCurrentLineNumber() - lineBreaks(row);
                if (row.size() == parser.getHeaderNames().size()) {
                    consumer.accept(line, new Row(row, attributes));
                } else {
                    problems.add("line " + line + ": it has " + row.size() + " columns instead of "
                            + parser.getHeaderNames().size());
                }
                rows++;
                line = parser.getCurrentLineNumber() + 1;
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw refusal(reason(e, line));
        }
    }

    /** How many lines a row has more than one: those in its quotes. */
    private static long lineBreaks(CSVRecord row) {
        return row.stream()
                .mapToLong(column -> LINE_BREAK.matcher(column).results().count())
                .sum();
    }

    private CSVParser open() throws IOException {
        Reader reader = Files.newBufferedReader(csv, charset);
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return CSVParser.parse(reader, format);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Attributes become items of the dictionary, so their names must be ids. */
    private void checkAttributes(List<String> attributes) {
        for (String attribute : attributes) {
            try {
                if (ItemId.of(attribute).equals(CsvLoader.MARK)) {
                    throw refusal("no column can be named '" + attribute + "'");
                }
            } catch (Refusal e) {
                throw e.code() == MessageCode.CSV_REFUSED
                        ? e
                        : refusal("the column '" + attribute + "' cannot be an attribute: " + e.getMessage());
            }
        }
    }

    private void checkNames(List<String> columns) {
        if (columns.isEmpty()) {
            throw refusal("it is empty; the first row must hold the names of the columns");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (name.isBlank()) {
                throw refusal("column " + (i + 1) + " has no name; the first row must hold the names of the columns");
            }
            if (!names.add(name)) {
                throw refusal("two columns are named '" + name + "'; give one of them another name");
            }
        }
    }

    private void checkColumns(List<String> columns) {
        for (String column : separators.keySet()) {
            if (idColumns.contains(column)) {
                throw refusal("the column '" + column + "' is part of the id and cannot be several values");
            }
        }
        List<String> wanted = new ArrayList<>(idColumns);
        wanted.addAll(separators.keySet());
        for (String column : wanted) {
            if (!columns.contains(column)) {
                throw refusal("there is no column '" + column + "'; the columns are " + String.join(", ", columns));
            }
        }
    }

    private StoredItem item(CSVRecord row, List<String> attributes) {
        String id = String.join("*", idColumns.stream().map(row::get).toList());
        DynamicArray body = DynamicArray.of(new byte[0]);
        int number = 1;
        for (String attribute : attributes) {
            String text = row.get(attribute);
            String separator = separators.get(attribute);
            if (separator == null) {
                body.replace(number, text);
            } else {
                body.replaceValues(number, Arrays.asList(text.split(Pattern.quote(separator), -1)));
            }
            number++;
        }
        byte[] bytes = body.bytes();
        if (bytes.length > Limits.MAX_ITEM_BYTES) {
            throw new Refusal(MessageCode.ITEM_TOO_LARGE, id, bytes.length, Limits.MAX_ITEM_BYTES);
        }
        return new StoredItem(ItemId.of(id), bytes);
    }

    private Refusal refusal(String reason) {
        return new Refusal(MessageCode.CSV_REFUSED, csv, reason);
    }

    /**
     * Why it cannot be read.
     *
     * @param line where the row begins that was to be read, counted from 1
     */
    private String reason(Exception e, long line) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (cause instanceof AccessDeniedException) {
            return "it may not be read";
        } else if (Files.isDirectory(csv)) {
            return "it is a folder; name the CSV file in it";
        } else if (cause instanceof CharacterCodingException) {
            return undecodable();
        } else if (cause instanceof FileSystemException) {
            return cause.getMessage();
        }
        String what = cause instanceof CSVException
                ? "a quote is not closed or stands in a wrong place"
                : String.valueOf(cause.getMessage());
        return "line " + line + ": " + what;
    }

    private String undecodable() {
        String what = "it is not " + charset + "; say what it is with --charset";
        try (InputStream bytes = Files.newInputStream(csv)) {
            OptionalLong line = Undecodable.firstLine(bytes, charset);
            return line.isPresent() ? "line " + line.getAsLong() + ": " + what : what;
        } catch (IOException e) {
            return what;
        }
    }
}
