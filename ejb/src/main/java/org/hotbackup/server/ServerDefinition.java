package org.hotbackup.server;

import java.util.EnumMap;
import java.util.Map;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.DynamicArray;

/**
 * A replication server as its item in {@code dm,hb.log} defines it.
 *
 * @param name its name
 * @param settings its setup
 * @param started whether it is to run whenever the node runs
 * @param masterNodeId slave only: identity of the master it belongs to, empty until one has called
 * @param definedAtLsn master only: the LSN after which its queue holds every entry
 */
record ServerDefinition(String name, ServerSettings settings, boolean started, String masterNodeId, long definedAtLsn) {

    /** The attribute that holds each setting, in the order of the manual's form; 4 is the protocol, 8 a field to come. */
    private static final Map<ServerSetting, Integer> ATTRIBUTES = new EnumMap<>(Map.of(
            ServerSetting.TYPE, 1,
            ServerSetting.HOST, 2,
            ServerSetting.PORT, 3,
            ServerSetting.CHECK_PERIOD, 6,
            ServerSetting.TXLOG_TIMER, 7,
            ServerSetting.LOG_SLAVE_UPDATE, 5,
            ServerSetting.APPLY_UPDATES, 9,
            ServerSetting.AUTO_CREATE, 10,
            ServerSetting.COMMENTS, 11,
            ServerSetting.INSECURE, 15));

    private static final int STARTED = 12;
    private static final int MASTER_NODE_ID = 13;
    private static final int DEFINED_AT_LSN = 14;

    /** A new definition: not started, belonging to nobody yet. */
    static ServerDefinition of(String name, ServerSettings settings, long definedAtLsn) {
        return new ServerDefinition(name, settings, false, "", definedAtLsn);
    }

    /** The definition that an item of {@code dm,hb.log} holds. */
    static ServerDefinition ofItem(String name, byte[] item) {
        DynamicArray attributes = DynamicArray.of(item);
        Map<ServerSetting, String> given = new EnumMap<>(ServerSetting.class);
        ATTRIBUTES.forEach((setting, attribute) -> {
            String value = attributes.extract(attribute);
            if (!value.isEmpty()) {
                given.put(setting, value);
            }
        });
        String lsn = attributes.extract(DEFINED_AT_LSN);
        return new ServerDefinition(
                name,
                ServerSettings.of(given),
                attributes.extract(STARTED).equals("1"),
                attributes.extract(MASTER_NODE_ID),
                lsn.isEmpty() ? 0 : Long.parseLong(lsn));
    }

    /** The item that holds this definition. */
    byte[] toItem() {
        DynamicArray attributes = DynamicArray.of(new byte[0]);
        settings.values().forEach((setting, value) -> attributes.replace(ATTRIBUTES.get(setting), value));
        return attributes
                .replace(STARTED, started ? "1" : "0")
                .replace(MASTER_NODE_ID, masterNodeId)
                .replace(DEFINED_AT_LSN, Long.toString(definedAtLsn))
                .bytes();
    }

    ServerDefinition withSettings(ServerSettings changed) {
        return new ServerDefinition(name, changed, started, masterNodeId, definedAtLsn);
    }

    ServerDefinition withStarted(boolean now) {
        return new ServerDefinition(name, settings, now, masterNodeId, definedAtLsn);
    }

    ServerDefinition withMaster(String nodeId) {
        return new ServerDefinition(name, settings, started, nodeId, definedAtLsn);
    }
}
