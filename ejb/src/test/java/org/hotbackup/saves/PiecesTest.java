package org.hotbackup.saves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a restore writes at the same time, and what it does not. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PiecesTest {

    private static final FilePath FILE = FilePath.data("a", "f");

    private final TapeWork work = new TapeWork();
    private final List<List<Update>> executed = new ArrayList<>();
    private final CountDownLatch bothBegun = new CountDownLatch(2);
    private volatile long patienceMillis = 300;
    private volatile boolean met;

    /** A store that is only asked to execute. */
    private static ItemStore store(Consumer<List<Update>> execute) {
        return (ItemStore) Proxy.newProxyInstance(
                ItemStore.class.getClassLoader(), new Class<?>[] {ItemStore.class}, (proxy, method, arguments) -> {
                    @SuppressWarnings("unchecked")
                    List<Update> updates = (List<Update>) arguments[0];
                    execute.accept(updates);
                    return null;
                });
    }

    /** The first one waits for another to begin, a while. */
    private void meet(List<Update> updates) {
        boolean first = bothBegun.getCount() == 2;
        bothBegun.countDown();
        if (first) {
            try {
                met = bothBegun.await(patienceMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        keep(updates);
    }

    private void keep(List<Update> updates) {
        synchronized (executed) {
            executed.add(updates);
        }
    }

    private void write(Pieces pieces, int from, int to) {
        for (int i = from; i < to; i++) {
            pieces.write(FILE, ItemId.of(String.format("%05d", i)), new byte[] {1});
        }
    }

    @Test
    void shouldWriteWhatComesInTheOrderOfIdsAtTheSameTime() {
        patienceMillis = 20_000;
        try (Pieces pieces = new Pieces(store(this::meet), work, Thread::new)) {
            write(pieces, 0, 2 * Pieces.MOST_ITEMS);
            pieces.commit();
        }

        assertThat(met).isTrue();
        assertThat(executed).hasSize(2);
        assertThat(work.items()).isEqualTo(2 * Pieces.MOST_ITEMS);
    }

    @Test
    void shouldWriteAnItemThatComesAgainBehindTheFirst() {
        try (Pieces pieces = new Pieces(store(this::meet), work, Thread::new)) {
            write(pieces, 0, Pieces.MOST_ITEMS);
            write(pieces, 0, Pieces.MOST_ITEMS);
            pieces.commit();
        }

        assertThat(met).isFalse();
        assertThat(executed).hasSize(2);
    }

    @Test
    void shouldWriteNothingBesideAPieceWhoseIdsAreNotInOrder() {
        try (Pieces pieces = new Pieces(store(this::meet), work, Thread::new)) {
            write(pieces, 5_000, 5_000 + Pieces.MOST_ITEMS - 1);
            write(pieces, 0, 1);
            write(pieces, 1, 1 + Pieces.MOST_ITEMS);
            pieces.commit();
        }

        assertThat(met).isFalse();
        assertThat(executed).hasSize(2);
    }

    @Test
    void shouldWriteALargeItemAlone() {
        try (Pieces pieces = new Pieces(store(this::keep), work, Thread::new)) {
            write(pieces, 0, 3);
            pieces.write(FILE, ItemId.of("large"), new byte[(int) Pieces.MOST_BYTES]);

            assertThat(executed).extracting(List::size).containsExactly(3, 1);
        }
    }

    @Test
    void shouldThrowWhatTheStoreThrew() {
        ItemStore store = store(updates -> {
            throw new Refusal(MessageCode.CLOSED_FOR_UPDATES, "x");
        });
        try (Pieces pieces = new Pieces(store, work, Thread::new)) {
            write(pieces, 0, 1);

            assertThatThrownBy(pieces::commit).isInstanceOf(Refusal.class);
        }
        assertThat(work.items()).isZero();
    }
}
