package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void shouldMakeEachColumnAsWideAsItsWidestCellAndEndLinesWithoutBlanks() {
        TextTable table = new TextTable("Node", "State", "Pid");
        table.add("standby", "up", "");
        table.add("a", "stopped", "17");

        assertThat(table.toString().lines())
                .containsExactly("Node     State    Pid", "standby  up", "a        stopped  17");
    }

    @Test
    void shouldShowTheHeadingsOfAnEmptyTable() {
        assertThat(new TextTable("A", "B").toString().lines()).containsExactly("A  B");
    }
}
