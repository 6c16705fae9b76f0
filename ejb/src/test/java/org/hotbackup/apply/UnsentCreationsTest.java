package org.hotbackup.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;

class UnsentCreationsTest {

    private static final FilePath MD = FilePath.masterDictionary("sales");
    private static final FilePath DICTIONARY = FilePath.dictionary("sales", "orders");
    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final DPointer POINTER = DPointer.of("DL", 7);

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Update written(FilePath file, String id, String body) {
        return new Update.ItemWritten(file, ItemId.of(id), bytes(body));
    }

    @Test
    void shouldHoldWhatWasWrittenLastIntoWhatWasCreated() {
        UnsentCreations created = new UnsentCreations();
        created.add(List.of(written(ORDERS, "0", "before it was created")));
        created.add(List.of(new Update.FileCreated(ORDERS, POINTER), written(ORDERS, "1", "x")));
        created.add(List.of(written(ORDERS, "1", "y"), written(DICTIONARY, "1", "z"), written(MD, "1", "z")));

        assertThat(created.hold(ORDERS, ItemId.of("1"), bytes("y"))).isTrue();
        assertThat(created.hold(ORDERS, ItemId.of("1"), bytes("x"))).isFalse();
        assertThat(created.hold(ORDERS, ItemId.of("0"), bytes("before it was created")))
                .isFalse();
        assertThat(created.hold(DICTIONARY, ItemId.of("1"), bytes("z")))
                .as("the dictionary came with it")
                .isTrue();
        assertThat(created.hold(MD, ItemId.of("1"), bytes("z"))).isFalse();
    }

    @Test
    void shouldNameSectionsBeforeTheirDictionary() {
        UnsentCreations created = new UnsentCreations();
        created.add(List.of(new Update.AccountCreated(MD, POINTER)));
        created.add(List.of(new Update.FileCreated(DICTIONARY, POINTER)));
        created.add(List.of(new Update.FileCreated(ORDERS, POINTER), written(MD, "1", "z")));

        assertThat(created.accounts()).containsExactly(MD);
        assertThat(created.files()).containsExactly(ORDERS, DICTIONARY);
        assertThat(created.hold(MD, ItemId.of("1"), bytes("z"))).isTrue();
    }

    @Test
    void shouldNotVouchForMoreItemsThanItRemembers() {
        UnsentCreations created = new UnsentCreations(1);
        created.add(List.of(new Update.FileCreated(ORDERS, POINTER)));
        created.add(List.of(written(ORDERS, "1", "x"), written(ORDERS, "2", "x")));
        assertThat(created.hold(ORDERS, ItemId.of("1"), bytes("x"))).isTrue();
        assertThat(created.hold(ORDERS, ItemId.of("2"), bytes("x"))).isFalse();
    }
}
