package org.hotbackup.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message's number is for ever, and its values stand in its sentence. */
class MessageCatalogueTest {

    @Test
    void shouldNumberEveryMessageOnce() {
        Set<String> ids = new HashSet<>();
        for (MessageCode code : MessageCode.values()) {
            assertThat(ids.add(code.id())).as(code.name()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(MessageCode.class)
    void shouldPutItsValuesIntoEveryMessage(MessageCode code) {
        String text = code.text("one", "two", "three", "four");

        assertThat(text).isNotBlank().doesNotContain("{").doesNotContain("''");
    }
}
