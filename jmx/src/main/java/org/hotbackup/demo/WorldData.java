package org.hotbackup.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** Account {@code world}: what a JDK knows about countries, currencies, time zones and characters. */
public final class WorldData {

    /** The account's name. */
    public static final String ACCOUNT = "world";

    /** Attributes: names in several languages, ISO3 code, currency, languages as values. */
    public static final FilePath COUNTRIES = FilePath.data(ACCOUNT, "countries");

    /** Attributes: name, symbol, numeric code, fraction digits, countries as values. */
    public static final FilePath CURRENCIES = FilePath.data(ACCOUNT, "currencies");

    /** Attributes: name, standard offset, then as parallel values of all transitions: time, offset before, after. */
    public static final FilePath TIMEZONES = FilePath.data(ACCOUNT, "timezones");

    /** Attributes: character, name, block, script, category, case mappings as values, numeric value. */
    public static final FilePath UNICODE = FilePath.data(ACCOUNT, "unicode");

    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.JAPANESE, Locale.CHINESE);

    private WorldData() {}

    /** All files. */
    public static List<FilePath> files() {
        return List.of(COUNTRIES, CURRENCIES, TIMEZONES, UNICODE);
    }

    /** A modulo that suits a file's size. */
    public static int modulo(FilePath file) {
        return file.equals(UNICODE) ? 10_007 : 101;
    }

    /** The items of a file, always the same in the same order on the same JDK. */
    public static Stream<StoredItem> items(FilePath file) {
        if (file.equals(COUNTRIES)) {
            return Arrays.stream(Locale.getISOCountries()).sorted().map(WorldData::country);
        } else if (file.equals(CURRENCIES)) {
            return Currency.getAvailableCurrencies().stream()
                    .sorted(Comparator.comparing(Currency::getCurrencyCode))
                    .map(WorldData::currency);
        } else if (file.equals(TIMEZONES)) {
            return ZoneId.getAvailableZoneIds().stream().sorted().map(WorldData::timezone);
        } else if (file.equals(UNICODE)) {
            return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                    .filter(Character::isDefined)
                    .mapToObj(WorldData::character);
        }
        throw new IllegalArgumentException(file + " is not part of " + ACCOUNT);
    }

    private static StoredItem country(String code) {
        Locale country = new Locale.Builder().setRegion(code).build();
        Currency currency = Currency.getInstance(country);
        DynamicArray item = DynamicArray.of(new byte[0])
                .replaceValues(
                        1, LANGUAGES.stream().map(country::getDisplayCountry).toList())
                .replace(2, country.getISO3Country())
                .replace(3, currency == null ? "" : currency.getCurrencyCode())
                .replaceValues(
                        4,
                        Arrays.stream(Locale.getAvailableLocales())
                                .filter(locale -> locale.getCountry().equals(code))
                                .map(Locale::getLanguage)
                                .distinct()
                                .sorted()
                                .toList());
        return new StoredItem(ItemId.of(code), item.bytes());
    }

    private static StoredItem currency(Currency currency) {
        DynamicArray item = DynamicArray.ofAttributes(
                        currency.getDisplayName(Locale.ENGLISH),
                        currency.getSymbol(Locale.ROOT),
                        currency.getNumericCodeAsString(),
                        Integer.toString(currency.getDefaultFractionDigits()))
                .replaceValues(
                        5,
                        Arrays.stream(Locale.getISOCountries())
                                .filter(country -> currency.equals(Currency.getInstance(
                                        new Locale.Builder().setRegion(country).build())))
                                .sorted()
                                .toList());
        return new StoredItem(ItemId.of(currency.getCurrencyCode()), item.bytes());
    }

    private static StoredItem timezone(String id) {
        ZoneId zone = ZoneId.of(id);
        ZoneRules rules = zone.getRules();
        List<ZoneOffsetTransition> transitions = rules.getTransitions();
        DynamicArray item = DynamicArray.ofAttributes(
                        zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                        rules.getStandardOffset(Instant.EPOCH).getId())
                .replaceValues(
                        3,
                        transitions.stream().map(t -> t.getInstant().toString()).toList())
                .replaceValues(4, offsets(transitions, ZoneOffsetTransition::getOffsetBefore))
                .replaceValues(5, offsets(transitions, ZoneOffsetTransition::getOffsetAfter));
        return new StoredItem(ItemId.of(id), item.bytes());
    }

    private static List<String> offsets(
            List<ZoneOffsetTransition> transitions, Function<ZoneOffsetTransition, ZoneOffset> which) {
        return transitions.stream().map(which).map(ZoneOffset::getId).toList();
    }

    private static StoredItem character(int codePoint) {
        Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
        boolean surrogate = Character.getType(codePoint) == Character.SURROGATE;
        DynamicArray item = DynamicArray.ofAttributes(
                        surrogate ? "" : Character.toString(codePoint),
                        String.valueOf(Character.getName(codePoint)),
                        String.valueOf(block),
                        Character.UnicodeScript.of(codePoint).name(),
                        Integer.toString(Character.getType(codePoint)),
                        "",
                        Integer.toString(Character.getNumericValue(codePoint)))
                .replaceValues(
                        6,
                        IntStream.of(
                                        Character.toUpperCase(codePoint),
                                        Character.toLowerCase(codePoint),
                                        Character.toTitleCase(codePoint))
                                .mapToObj(mapped -> String.format("U+%04X", mapped))
                                .toList());
        return new StoredItem(ItemId.of(String.format("U+%04X", codePoint)), item.bytes());
    }
}
