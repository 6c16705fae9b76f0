package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSearchTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath SECTION = FilePath.data("sales", "orders", "2026");
    private static final FilePath DICTIONARY = FilePath.dictionary("sales", "orders");

    private final List<LogEntry> queue = new ArrayList<>();

    private void enqueue(Update... updates) {
        long lsn = 10L * (queue.size() + 1);
        queue.add(new LogEntry(lsn, lsn - 10, 1, LogEntryCodec.encode(List.of(updates))));
    }

    private List<LogEntry> entries(long after, int limit) {
        return queue.stream().filter(entry -> entry.lsn() > after).limit(limit).toList();
    }

    private QueuePage find(String file, String item, String operation, long after, long upTo, int limit) {
        return new QueueSearch(new QueueFilter(file, item, operation), upTo).page(this::entries, after, limit);
    }

    private static Update written(FilePath file, String id) {
        return new Update.ItemWritten(file, ItemId.of(id), new byte[3]);
    }

    private void enqueueSome() {
        enqueue(written(ORDERS, "1"));
        enqueue(new Update.ItemDeleted(ORDERS, ItemId.of("1")), written(FilePath.data("stock", "parts"), "9"));
        enqueue(written(SECTION, "1"));
        enqueue(new Update.FileCleared(DICTIONARY));
        enqueue(new Update.AccountDeleted(FilePath.masterDictionary("sales")));
        queue.add(new LogEntry(60, 50, 1, new byte[] {0, 'x'}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''               | ''  | ''             | 10 20 30 40 50 60",
                "sales            | ''  | ''             | 10 20 30 40 50",
                "sales,orders     | ''  | ''             | 10 20 30 40",
                "'sales,orders,2026' | '' | ''           | 30",
                "dict sales,orders | '' | ''             | 40",
                "'sales,orders,orders' | '' | ''         | 10 20",
                "''               | 1   | ''             | 10 20 30",
                "''               | ''  | write          | 10 20 30",
                "''               | ''  | delete-account | 50",
                "stock            | 9   | write          | 20",
                "stock            | 1   | ''             | ''",
            })
    void shouldFindTheEntriesWithAnUpdateThatFitsAllThatIsGiven(
            String file, String item, String operation, String lsns) {
        enqueueSome();

        assertThat(find(file, item, operation, 0, 0, 100).entries())
                .extracting(entry -> Long.toString(entry.lsn()))
                .containsExactly(lsns.isEmpty() ? new String[0] : lsns.split(" "));
    }

    @Test
    void shouldGoOnWhereThePageBeforeEnded() {
        enqueueSome();

        QueuePage first = find("sales", "", "", 0, 0, 2);
        QueuePage next = find("sales", "", "", first.reachedLsn(), 40, 2);
        QueuePage last = find("sales", "", "", next.reachedLsn(), 40, 2);

        assertThat(first.entries()).extracting(QueueEntry::lsn).containsExactly(10L, 20L);
        assertThat(first.more()).isTrue();
        assertThat(next.entries()).extracting(QueueEntry::lsn).containsExactly(30L, 40L);
        assertThat(last.entries()).isEmpty();
        assertThat(last.more()).isFalse();
    }

    @Test
    void shouldLookAtNoMoreThanItSaysAndSayHowFarItCame() {
        for (int i = 0; i < QueueSearch.MOST_LOOKED_AT + 5; i++) {
            enqueue(written(ORDERS, "1"));
        }

        QueuePage page = find("stock", "", "", 0, 0, 10);

        assertThat(page.entries()).isEmpty();
        assertThat(page.more()).isTrue();
        assertThat(page.reachedLsn()).isEqualTo(10L * QueueSearch.MOST_LOOKED_AT);
        assertThat(find("stock", "", "", page.reachedLsn(), 0, 10).more()).isFalse();
    }

    @Test
    void shouldRefuseAnOperationThatDoesNotExist() {
        assertThatThrownBy(() -> new QueueFilter("", "", "update"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'update' is no operation; give one of write, delete");
        assertThatThrownBy(() -> new QueueFilter("a,b,c,d", "", "")).isInstanceOf(Refusal.class);
    }
}
