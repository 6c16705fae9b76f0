package org.hotbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the folder {@code docs} that is made from a table in the code. */
final class Page {

    private final String name;
    private final StringBuilder text = new StringBuilder();

    Page(String name) {
        this.name = name;
    }

    /** A line, as it is. */
    Page line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** A row of a table. */
    Page row(String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ')
                    .append(cell.replace("|", "\\|").replace("<", "&lt;"))
                    .append(" |");
        }
        return line("");
    }

    /** The head of a table. */
    Page head(String... cells) {
        return row(cells).line("|" + "---|".repeat(cells.length));
    }

    /** Writes it to {@code jmx/target/docs} and holds it against the page that is kept. */
    void compare() throws IOException {
        Path made = Files.createDirectories(Path.of("target", "docs")).resolve(name);
        Files.writeString(made, text);
        Path kept = Path.of("..", "docs", name);
        assertThat(Files.exists(kept) ? Files.readString(kept) : "")
                .as("docs/%s is made from the code; take the new one over: cp jmx/target/docs/%s docs/", name, name)
                .isEqualTo(text.toString());
    }
}
