package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;

class SentTransactionsTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");

    private final SentTransactions sent = new SentTransactions();
    private final List<List<Update>> unknown = new ArrayList<>();

    private static List<Update> write(String id, String body) {
        return List.of(new Update.ItemWritten(FILE, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Update> delete(String id) {
        return List.of(new Update.ItemDeleted(FILE, ItemId.of(id)));
    }

    @Test
    void shouldLeaveWhatGotThroughInItsOrder() {
        List<Update> first = write("1", "a");
        List<Update> second = write("2", "b");
        sent.add(first);
        sent.add(second);
        sent.add(write("1", "c"));

        // read from the log, so other objects
        assertThat(sent.without(List.of(write("1", "c")), unknown::add)).containsExactly(first, second);
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldTakeTheLastOfSeveralThatAreTheSame() {
        List<Update> write = write("1", "a");
        List<Update> delete = delete("1");
        sent.add(delete);
        sent.add(write);
        sent.add(delete("1"));

        assertThat(sent.without(List.of(delete("1")), unknown::add)).containsExactly(delete, write);
    }

    @Test
    void shouldNameWhatNobodyWasAnswered() {
        sent.add(write("1", "a"));

        assertThat(sent.without(List.of(write("1", "b"), write("1", "a"), write("1", "a")), unknown::add))
                .isEmpty();
        assertThat(unknown).hasSize(2);
    }

    @Test
    void shouldNotMindTheOrderWithinATransaction() {
        Update one = write("1", "a").get(0);
        Update other = write("2", "b").get(0);
        sent.add(List.of(one, other));

        assertThat(sent.without(List.of(List.of(other, one)), unknown::add)).isEmpty();
        assertThat(unknown).isEmpty();
    }
}
