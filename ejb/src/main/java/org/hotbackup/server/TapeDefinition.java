package org.hotbackup.server;

import java.util.EnumMap;
import java.util.Map;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.model.DynamicArray;

/**
 * A tape-socket server as its record in {@code dm,ts.log} has it (TS-007).
 *
 * @param name of the server, the record's id
 * @param settings its setup
 * @param started whether it is to run whenever the node does
 */
record TapeDefinition(String name, TapeSettings settings, boolean started) {

    /** Attributes never move; new ones are added behind. */
    private static final Map<TapeSetting, Integer> ATTRIBUTES = new EnumMap<>(Map.ofEntries(
            Map.entry(TapeSetting.DIRECTION, 1),
            Map.entry(TapeSetting.HOST, 2),
            Map.entry(TapeSetting.PORT, 3),
            Map.entry(TapeSetting.PIPE, 4),
            Map.entry(TapeSetting.BLOCK_SIZE, 5),
            Map.entry(TapeSetting.CALL_ATTEMPTS, 6),
            Map.entry(TapeSetting.LINKED, 7),
            Map.entry(TapeSetting.NOTIFY, 8),
            Map.entry(TapeSetting.COMMENTS, 9),
            Map.entry(TapeSetting.INSECURE, 10),
            Map.entry(TapeSetting.TAPE, 12)));

    private static final int STARTED = 11;

    /**
     * The definition that an item holds.
     *
     * @throws org.hotbackup.control.messages.Refusal if a name or a setting in it is not valid
     */
    static TapeDefinition ofItem(String name, byte[] item) {
        ServerSettings.checkedName(name);
        DynamicArray attributes = DynamicArray.of(item);
        Map<TapeSetting, String> given = new EnumMap<>(TapeSetting.class);
        ATTRIBUTES.forEach((setting, attribute) -> {
            String value = attributes.extract(attribute);
            if (!value.isEmpty()) {
                given.put(setting, value);
            }
        });
        return new TapeDefinition(
                name, TapeSettings.of(given), attributes.extract(STARTED).equals("1"));
    }

    /** The item that holds this definition. */
    byte[] toItem() {
        DynamicArray attributes = DynamicArray.of(new byte[0]);
        settings.values().forEach((setting, value) -> attributes.replace(ATTRIBUTES.get(setting), value));
        return attributes.replace(STARTED, started ? "1" : "0").bytes();
    }

    TapeDefinition withSettings(TapeSettings changed) {
        return new TapeDefinition(name, changed, started);
    }

    TapeDefinition withStarted(boolean now) {
        return new TapeDefinition(name, settings, now);
    }
}
