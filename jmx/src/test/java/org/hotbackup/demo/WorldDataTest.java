package org.hotbackup.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorldDataTest {

    static Iterable<FilePath> files() {
        return WorldData.files();
    }

    private static DynamicArray item(FilePath file, String id) {
        ItemId wanted = ItemId.of(id);
        return DynamicArray.of(WorldData.items(file)
                .filter(item -> item.id().equals(wanted))
                .findFirst()
                .orElseThrow()
                .body());
    }

    @Test
    void shouldHoldEveryAssignedCodePointOnce() {
        long assigned = Character.MAX_CODE_POINT
                + 1L
                - java.util.stream.IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> Character.getType(c) == Character.UNASSIGNED)
                        .count();

        assertThat(WorldData.items(WorldData.UNICODE)).hasSize((int) assigned).hasSizeGreaterThan(280_000);
    }

    @Test
    void shouldHoldWhatTheJdkKnows() {
        assertThat(WorldData.items(WorldData.COUNTRIES)).hasSize(Locale.getISOCountries().length);
        assertThat(WorldData.items(WorldData.CURRENCIES))
                .hasSize(Currency.getAvailableCurrencies().size());
        assertThat(WorldData.items(WorldData.TIMEZONES))
                .hasSize(ZoneId.getAvailableZoneIds().size());
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldGiveEachIdOnceAndNeverTheWordNull(FilePath file) {
        Set<ItemId> ids = new HashSet<>();

        // hundreds of thousands: an assertion for each takes longer than what it is made of
        assertThat(WorldData.items(file)
                        .filter(item -> !ids.add(item.id())
                                || DynamicArray.of(item.body()).extract(2).equals("null")))
                .isEmpty();
        assertThat(ids).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldGiveTheSameItemsInTheSameOrderWhateverTheLocale(FilePath file) throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            String first = sha256(file);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(sha256(file)).isEqualTo(first);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String sha256(FilePath file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        WorldData.items(file).forEach(item -> update(digest, item));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, StoredItem item) {
        digest.update(item.id().bytes());
        digest.update(item.body());
    }

    @Test
    void shouldWriteNamesCurrencyAndLanguagesOfACountry() {
        DynamicArray switzerland = item(WorldData.COUNTRIES, "CH");

        assertThat(switzerland.values(1)).containsExactly("Switzerland", "Schweiz", "Suisse", "スイス", "瑞士");
        assertThat(switzerland.extract(2)).isEqualTo("CHE");
        assertThat(switzerland.extract(3)).isEqualTo("CHF");
        assertThat(switzerland.values(4)).contains("de", "fr", "it");
    }

    @Test
    void shouldWriteTheCountriesOfACurrency() {
        DynamicArray euro = item(WorldData.CURRENCIES, "EUR");

        assertThat(euro.extract(1)).isEqualTo("Euro");
        assertThat(euro.extract(3)).isEqualTo("978");
        assertThat(euro.extract(4)).isEqualTo("2");
        assertThat(euro.values(5)).contains("AT", "DE", "FR");
    }

    @Test
    void shouldWriteAllTransitionsOfATimeZoneAsParallelValues() {
        DynamicArray berlin = item(WorldData.TIMEZONES, "Europe/Berlin");

        assertThat(berlin.valueCount(3)).isGreaterThan(50);
        assertThat(berlin.valueCount(4)).isEqualTo(berlin.valueCount(3));
        assertThat(berlin.valueCount(5)).isEqualTo(berlin.valueCount(3));
        assertThat(berlin.values(3)).contains("1980-04-06T01:00:00Z");
        int summer1980 = berlin.values(3).indexOf("1980-04-06T01:00:00Z") + 1;
        assertThat(berlin.extract(4, summer1980)).isEqualTo("+01:00");
        assertThat(berlin.extract(5, summer1980)).isEqualTo("+02:00");
    }

    @Test
    void shouldWriteACharacterInUtf8() {
        DynamicArray sharpS = item(WorldData.UNICODE, "U+00E4");

        assertThat(sharpS.extract(1)).isEqualTo("ä");
        assertThat(sharpS.extract(2)).isEqualTo("LATIN SMALL LETTER A WITH DIAERESIS");
        assertThat(sharpS.extract(3)).isEqualTo("LATIN_1_SUPPLEMENT");
        assertThat(sharpS.extract(4)).isEqualTo("LATIN");
        assertThat(sharpS.values(6)).containsExactly("U+00C4", "U+00E4", "U+00C4");
        assertThat(item(WorldData.UNICODE, "U+1F600").extract(1)).isEqualTo("😀");
        assertThat(item(WorldData.UNICODE, "U+2167").extract(7)).isEqualTo("8");
    }

    @Test
    void shouldHaveNoOtherFiles() {
        assertThatThrownBy(() -> WorldData.items(FilePath.data("world", "moon")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
