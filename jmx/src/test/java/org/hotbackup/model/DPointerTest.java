package org.hotbackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DPointerTest {

    @Test
    void shouldKeepEveryAttributeOfTheItem() {
        byte[] item = DynamicArray.ofAttributes("DLY", "2263", "11", "1", "lock", "", "", "callx audit", "L", "15")
                .bytes();

        DPointer pointer = DPointer.ofItem(item);

        assertThat(pointer.bytes()).isEqualTo(item);
        assertThat(pointer.modulo()).isEqualTo(11);
        assertThat(pointer.attributes().extract(8)).isEqualTo("callx audit");
    }

    @Test
    void shouldFindLettersInEitherCaseButNotTheLeadingD() {
        DPointer pointer = DPointer.of("dl", 1);

        assertThat(pointer.has('L')).isTrue();
        assertThat(pointer.has('d')).isFalse();
        assertThat(pointer.withCode("DX").has('X')).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "L", "Q", "DZ", "D L", "D1"})
    void shouldRefuseACodeItDoesNotKnow(String code) {
        assertThatThrownBy(() -> DPointer.of(code, 1)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, DPointer.MAX_MODULO + 1})
    void shouldRefuseAModuloOutOfRange(int modulo) {
        assertThatThrownBy(() -> DPointer.of("D", modulo)).isInstanceOf(Refusal.class);
    }
}
