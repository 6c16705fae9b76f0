package org.hotbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Test;

class DefinitionsRepairTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath DICTIONARY = FilePath.dictionary("sales", "orders");

    private final List<FilePath> sent = new ArrayList<>();
    private boolean locked;

    private final ComparedStore store = (ComparedStore) Proxy.newProxyInstance(
            ComparedStore.class.getClassLoader(), new Class<?>[] {ComparedStore.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("resendPointer");
                if (locked) {
                    throw new Refusal(MessageCode.LOCKED, arguments[0]);
                }
                sent.add((FilePath) arguments[0]);
                return null;
            });

    @Test
    void shouldSendTheDPointerOfEachFileOnce() {
        DefinitionsRepair repair = new DefinitionsRepair(
                store, List.of(FilePath.masterDictionary("sales"), DICTIONARY, ORDERS, FileList.PATH));

        assertThat(repair.step()).isTrue();
        locked = true;
        assertThatThrownBy(repair::step).isInstanceOf(Refusal.class);
        locked = false;
        assertThat(repair.step()).as("goes on from the same place").isTrue();
        assertThat(repair.step()).isFalse();
        assertThat(sent).containsExactly(DICTIONARY, ORDERS);
    }
}
