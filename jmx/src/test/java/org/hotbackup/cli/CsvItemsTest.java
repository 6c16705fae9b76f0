package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvItemsTest {

    @TempDir
    Path folder;

    private CsvItems csv(String text) {
        return csv(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, ',', List.of("id"), Map.of());
    }

    private CsvItems csv(
            byte[] bytes, Charset charset, char delimiter, List<String> ids, Map<String, String> separators) {
        try {
            return new CsvItems(Files.write(folder.resolve("people.csv"), bytes), charset, delimiter, ids, separators);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<StoredItem> items(CsvItems csv) {
        List<StoredItem> items = new ArrayList<>();
        csv.forEach(items::add);
        return items;
    }

    private static DynamicArray onlyItem(CsvItems csv) {
        assertThat(csv.check()).isEqualTo(1);
        return DynamicArray.of(items(csv).get(0).body());
    }

    private void shouldRefuse(String text, String... sentences) {
        assertThatThrownBy(() -> csv(text).check())
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(folder.resolve("people.csv") + ": nothing was loaded; ")
                .hasMessageContainingAll(sentences);
    }

    @Test
    void shouldMakeAnItemOfEachRowAndAnAttributeOfEachOtherColumn() {
        CsvItems csv = csv("name,id,town\nÄnne,1,Köln\n\"Bo, the \"\"second\"\"\",2,\n");

        assertThat(csv.check()).isEqualTo(2);
        assertThat(csv.attributes()).containsExactly("name", "town");
        List<StoredItem> items = items(csv);
        assertThat(items).extracting(StoredItem::id).containsExactly(ItemId.of("1"), ItemId.of("2"));
        assertThat(items.get(0).body())
                .isEqualTo(DynamicArray.ofAttributes("Änne", "Köln").bytes());
        assertThat(items.get(1).body())
                .isEqualTo(DynamicArray.ofAttributes("Bo, the \"second\"", "").bytes());
    }

    @Test
    void shouldJoinSeveralIdColumns() {
        CsvItems csv = csv(
                "a,b,c\n1,2,3\n".getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                ',',
                List.of("b", "a"),
                Map.of());

        assertThat(csv.check()).isEqualTo(1);
        assertThat(items(csv).get(0).id()).isEqualTo(ItemId.of("2*1"));
    }

    @Test
    void shouldMakeValuesOfAColumnWithASeparator() {
        CsvItems csv = csv(
                "id,phones,note\n1,a.b.,x.y\n".getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                ',',
                List.of("id"),
                Map.of("phones", "."));

        DynamicArray item = onlyItem(csv);

        assertThat(item.values(1)).containsExactly("a", "b", "");
        assertThat(item.values(2)).containsExactly("x.y");
    }

    @Test
    void shouldReadOtherCharsetsAndDelimiters() {
        CsvItems csv = csv(
                "id;name\n1;Öl\n".getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.ISO_8859_1,
                ';',
                List.of("id"),
                Map.of());

        assertThat(onlyItem(csv).extract(1)).isEqualTo("Öl");
    }

    @Test
    void shouldNotTakeAByteOrderMarkForPartOfTheFirstName() {
        assertThat(onlyItem(csv("\uFEFFid,name\n1,x\n")).extract(1)).isEqualTo("x");
    }

    @Test
    void shouldReadAFileWithoutARow() {
        assertThat(csv("id,name\n").check()).isZero();
    }

    @Test
    void shouldNameTheLineOfEveryBadRow() {
        shouldRefuse(
                "id,name\n1,a\n2\n3,b,c\n,d\n1,e\n",
                "line 3: it has 1 columns instead of 2",
                "line 4: it has 3 columns instead of 2",
                "line 5: The item id is empty",
                "line 6: the id '1' stands in line 2 too");
    }

    @Test
    void shouldCountLinesAsAnEditorDoes() {
        shouldRefuse(
                "id,name\n\n\n1,\"two\nlines\"\r\n\n2\n3,\"x\r\ny\rz\"\n4\n", "line 7: it has 1", "line 11: it has 1");
    }

    @Test
    void shouldNameTheLineOfABrokenQuote() {
        shouldRefuse("id,name\n1,a\n2,\"b\n3,c\n", "line 3: a quote is not closed");
        shouldRefuse("id,name\n1,a\n2,\"b\"x\n3,c\n", "line 3: a quote is not closed or stands in a wrong place");
    }

    @Test
    void shouldNameOnlySoManyProblemsAndCountTheOthers() {
        shouldRefuse("id,name\n" + "x\n".repeat(30), "line 21: it has 1", "; and 10 more");
    }

    @Test
    void shouldRefuseAnIdThatIsTooLong() {
        shouldRefuse("id,name\n" + "x".repeat(201) + ",a\n", "line 2: The item id has 201 bytes; the most is 200.");
    }

    @Test
    void shouldRefuseARepeatedColumnAndOneWithoutAName() {
        shouldRefuse("id,name,name\n1,a,b\n", "two columns are named 'name'; give one of them another name");
        shouldRefuse("id,,name\n1,a,b\n", "column 2 has no name; the first row must hold the names of the columns");
        shouldRefuse("id,name,\n1,a,b\n", "column 3 has no name; the first row must hold the names of the columns");
    }

    @Test
    void shouldRefuseAColumnWhoseNameCannotBeAnItemOfTheDictionary() {
        shouldRefuse("id," + "n".repeat(201) + "\n1,a\n", "cannot be an attribute: The item id has 201 bytes");
        shouldRefuse("id,hb.import\n1,a\n", "no column can be named 'hb.import'");
    }

    @Test
    void shouldListTheColumnsIfTheOneAskedForIsNotThere() {
        shouldRefuse("number,name\n1,a\n", "there is no column 'id'; the columns are number, name");
    }

    @Test
    void shouldRefuseAnEmptyFile() {
        shouldRefuse("", "it is empty");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        CsvItems csv = new CsvItems(folder.resolve("none.csv"), StandardCharsets.UTF_8, ',', List.of("id"), Map.of());

        assertThatThrownBy(csv::check).isInstanceOf(Refusal.class).hasMessageEndingWith("there is no such file");
    }

    @Test
    void shouldSayThatTheCharsetIsAnother() {
        CsvItems csv = csv(
                "id,name\n1,\u00D6l\n".getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8,
                ',',
                List.of("id"),
                Map.of());

        assertThatThrownBy(csv::check)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it is not UTF-8; say what it is with --charset");
    }

    /** It said line 1, whichever it was: a reader is ahead of the rows. */
    @ParameterizedTest
    @CsvSource({"1, 2", "999, 1000", "9999, 10000"})
    void shouldNameTheLineOfTheFirstByteOfAnotherCharset(int rowsBefore, int line) {
        StringBuilder text = new StringBuilder("id,name\r\n");
        IntStream.range(1, rowsBefore).forEach(i -> text.append(i).append(",\u00E4\r\n"));
        byte[] good = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bad = "x,\u00D6l\r\ny,\u00D6l\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, both, good.length, bad.length);
        CsvItems csv = csv(both, StandardCharsets.UTF_8, ',', List.of("id"), Map.of());

        assertThatThrownBy(csv::check)
                .hasMessageContaining("; line " + line + ": it is not UTF-8; say what it is with --charset");
    }

    @Test
    void shouldNameTheLineOfACharacterThatIsCutOff() {
        byte[] cut = {'i', 'd', '\n', '1', '\n', (byte) 0xC3};
        CsvItems csv = csv(cut, StandardCharsets.UTF_8, ',', List.of("id"), Map.of());

        assertThatThrownBy(csv::check).hasMessageContaining("; line 3: it is not UTF-8;");
    }

    @Test
    void shouldRefuseAFolder() {
        CsvItems csv = new CsvItems(folder, StandardCharsets.UTF_8, ',', List.of("id"), Map.of());

        assertThatThrownBy(csv::check)
                .isInstanceOf(Refusal.class)
                .hasMessage(folder + ": nothing was loaded; it is a folder; name the CSV file in it");
    }

    @Test
    void shouldRefuseValuesInTheId() {
        CsvItems csv = csv(
                "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                ',',
                List.of("id"),
                Map.of("id", ";"));

        assertThatThrownBy(csv::check).isInstanceOf(Refusal.class).hasMessageContaining("'id' is part of the id");
    }

    @Test
    void shouldNotPassOverARowThatBecameBadSinceTheCheck() throws IOException {
        CsvItems csv = csv("id,name\n1,a\n2,b\n");
        csv.check();
        Files.writeString(folder.resolve("people.csv"), "id,name\n1,a\n2\n");

        assertThatThrownBy(() -> csv.forEach(item -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 3");
    }
}
