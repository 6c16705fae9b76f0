package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.verify.Difference;
import org.hotbackup.verify.FileResult;
import org.junit.jupiter.api.Test;

class DifferencePagesTest {

    private static final List<FileResult> RESULTS = List.of(
            different("shop,orders", ItemId.of("4"), ItemId.of("2"), ItemId.of(new byte[] {1})),
            different("shop,customers", ItemId.of("ann"), ItemId.of("bob")));

    private static FileResult different(String path, ItemId... ids) {
        return new FileResult(
                FilePath.parse(path),
                FileResult.Finding.DIFFERENT,
                0,
                0,
                1,
                0,
                0,
                Arrays.stream(ids)
                        .map(id -> new Difference(id, Optional.empty(), Optional.empty()))
                        .toList(),
                false);
    }

    private static List<String> page(String afterPath, String afterId, int limit) {
        return DifferencePages.page(RESULTS, afterPath, afterId, limit).stream()
                .map(found -> found.result().file() + " " + found.difference().id())
                .toList();
    }

    @Test
    void shouldBeginWithTheFirstFileAndItsFirstItem() {
        assertThat(page("", "", 3)).containsExactly("shop,customers ann", "shop,customers bob", "shop,orders \\x01");
    }

    @Test
    void shouldGoOnBehindTheLastOfThePageBefore() {
        assertThat(page("shop,customers", "ann", 9))
                .containsExactly("shop,customers bob", "shop,orders \\x01", "shop,orders 2", "shop,orders 4");
        assertThat(page("shop,orders", "\\x01", 9)).containsExactly("shop,orders 2", "shop,orders 4");
        assertThat(page("shop,orders", "4", 9)).isEmpty();
    }

    @Test
    void shouldGoOnWhereOneWasThatIsRepairedMeanwhile() {
        assertThat(page("shop,orders", "3", 9)).containsExactly("shop,orders 4");
        assertThat(page("shop,nothing", "x", 9)).containsExactly("shop,orders \\x01", "shop,orders 2", "shop,orders 4");
    }

    @Test
    void shouldSayWhatIsNoPath() {
        assertThatThrownBy(() -> page("shop", "", 9)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldPagePathsInTheirOrder() {
        List<FilePath> files = RESULTS.stream().map(FileResult::file).toList();
        assertThat(Paging.paths(files.stream(), "", 0)).containsExactly("shop,customers");
        assertThat(Paging.paths(files.stream(), "shop,customers", 9)).containsExactly("shop,orders");
        assertThat(Paging.paths(files.stream(), "shop,orders", 9)).isEmpty();
        assertThat(Paging.limit(1_000_000)).isEqualTo(Paging.MOST);
    }
}
