package org.hotbackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicArrayTest {

    @Test
    void shouldAddEmptyAttributesValuesAndSubvaluesBeforeTheOneThatIsSet() {
        DynamicArray array = DynamicArray.of(new byte[0]).replace(2, 2, 2, "x");

        assertThat(array.bytes()).containsExactly(Marks.ATTRIBUTE, Marks.VALUE, Marks.SUBVALUE, (byte) 'x');
        assertThat(array.extract(2, 2, 2)).isEqualTo("x");
        assertThat(array.extract(1)).isEmpty();
        assertThat(array.attributeCount()).isEqualTo(2);
        assertThat(array.valueCount(2)).isEqualTo(2);
    }

    @Test
    void shouldKeepBytesThatAreNotTextWhenAnotherAttributeIsSet() {
        byte[] legacy = {(byte) 0xED, (byte) 0x80, Marks.ATTRIBUTE, 'b', Marks.ATTRIBUTE, Marks.ATTRIBUTE};

        byte[] changed = DynamicArray.of(legacy).replace(2, "B").bytes();

        assertThat(changed)
                .containsExactly((byte) 0xED, (byte) 0x80, Marks.ATTRIBUTE, 'B', Marks.ATTRIBUTE, Marks.ATTRIBUTE);
    }

    @Test
    void shouldGiveBackTheValuesThatWereSet() {
        DynamicArray array = DynamicArray.ofAttributes("a").replaceValues(3, List.of("Zürich", "", "東京"));

        assertThat(array.values(3)).containsExactly("Zürich", "", "東京");
        assertThat(array.values(2)).isEmpty();
        assertThat(array.extract(3, 3)).isEqualTo("東京");
        assertThat(array.extract(3, 4)).isEmpty();
    }

    @Test
    void shouldCountFromOne() {
        assertThatThrownBy(() -> DynamicArray.ofAttributes("a").extract(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
