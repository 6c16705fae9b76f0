package org.hotbackup.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.replication.Epochs;

/**
 * A replication server as its item in {@code dm,hb.log} defines it.
 *
 * @param name its name
 * @param settings its setup
 * @param started whether it is to run whenever the node runs
 * @param masterNodeId slave only: identity of the master it belongs to, empty until one has called
 * @param masterServer slave only: the master server of that node that it belongs to, empty until it is known
 * @param definedAtLsn master only: the LSN after which its queue holds every entry
 * @param phantom what it runs as, empty if it does not run
 * @param succession what changes of roles it went through
 * @param missing master only: that its slave misses something that is not in its queue
 * @param total the day's bytes when they were last written down, empty if they never were
 */
record ServerDefinition(
        String name,
        ServerSettings settings,
        boolean started,
        String masterNodeId,
        String masterServer,
        long definedAtLsn,
        Optional<Phantom> phantom,
        Succession succession,
        Optional<Missing> missing,
        Optional<DayTotal> total) {

    /** The attribute that holds each setting, in the order of the manual's form; 4 is the protocol. */
    private static final Map<ServerSetting, Integer> ATTRIBUTES = new EnumMap<>(Map.ofEntries(
            Map.entry(ServerSetting.TYPE, 1),
            Map.entry(ServerSetting.HOST, 2),
            Map.entry(ServerSetting.PORT, 3),
            Map.entry(ServerSetting.LOG_SLAVE_UPDATE, 5),
            Map.entry(ServerSetting.CHECK_PERIOD, 6),
            Map.entry(ServerSetting.TXLOG_TIMER, 7),
            Map.entry(ServerSetting.NOTIFY, 8),
            Map.entry(ServerSetting.APPLY_UPDATES, 9),
            Map.entry(ServerSetting.AUTO_CREATE, 10),
            Map.entry(ServerSetting.COMMENTS, 11),
            Map.entry(ServerSetting.INSECURE, 15)));

    private static final int STARTED = 12;
    private static final int MASTER_NODE_ID = 13;
    private static final int DEFINED_AT_LSN = 14;
    private static final int MASTER_SERVER = 16;
    private static final int JOB = 20;
    private static final int PIB = 21;
    private static final int PID = 22;

    /** A new definition in the first epoch: not started, belonging to nobody yet. */
    static ServerDefinition of(String name, ServerSettings settings, long definedAtLsn) {
        return new ServerDefinition(
                name,
                settings,
                false,
                "",
                "",
                definedAtLsn,
                Optional.empty(),
                Succession.in(Epochs.FIRST),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The definition that an item of {@code dm,hb.log} holds.
     *
     * @throws org.hotbackup.control.messages.Refusal if a name or a setting in it is not valid
     * @throws IllegalArgumentException if another attribute of it cannot be read
     */
    static ServerDefinition ofItem(String name, byte[] item) {
        ServerSettings.checkedName(name);
        DynamicArray attributes = DynamicArray.of(item);
        Map<ServerSetting, String> given = new EnumMap<>(ServerSetting.class);
        ATTRIBUTES.forEach((setting, attribute) -> {
            String value = attributes.extract(attribute);
            if (!value.isEmpty()) {
                given.put(setting, value);
            }
        });
        return new ServerDefinition(
                name,
                ServerSettings.of(given),
                number(attributes, STARTED) == 1,
                attributes.extract(MASTER_NODE_ID),
                attributes.extract(MASTER_SERVER),
                number(attributes, DEFINED_AT_LSN),
                phantom(attributes),
                Succession.of(attributes),
                Missing.of(attributes),
                DayTotal.of(attributes));
    }

    private static Optional<Phantom> phantom(DynamicArray attributes) {
        String job = attributes.extract(JOB);
        return job.isEmpty()
                ? Optional.empty()
                : Optional.of(new Phantom(job, number(attributes, PIB), number(attributes, PID)));
    }

    static long number(DynamicArray attributes, int attribute) {
        String text = attributes.extract(attribute);
        if (!text.matches("[0-9]{0,18}")) {
            throw new IllegalArgumentException("Attribute " + attribute + " is not a number.");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The item that holds this definition. */
    byte[] toItem() {
        DynamicArray attributes = DynamicArray.of(new byte[0]);
        settings.values().forEach((setting, value) -> attributes.replace(ATTRIBUTES.get(setting), value));
        return DayTotal.into(Missing.into(succession.into(attributes), missing), total)
                .replace(STARTED, started ? "1" : "0")
                .replace(MASTER_NODE_ID, masterNodeId)
                .replace(MASTER_SERVER, masterServer)
                .replace(DEFINED_AT_LSN, Long.toString(definedAtLsn))
                .replace(JOB, phantom.map(Phantom::job).orElse(""))
                .replace(PIB, phantom.map(p -> Long.toString(p.pib())).orElse(""))
                .replace(PID, phantom.map(p -> Long.toString(p.pid())).orElse(""))
                .bytes();
    }

    /** Whether it is a slave server that logs what it applies. */
    boolean passesOn() {
        return !settings.isMaster()
                && settings.get(ServerSetting.LOG_SLAVE_UPDATE).equals("on");
    }

    /** Whether it passes on what it applies, and as it was before did not. */
    boolean beginsToPassOn(ServerDefinition before) {
        return passesOn() && !before.passesOn();
    }

    ServerDefinition withSettings(ServerSettings changed) {
        return new ServerDefinition(
                name, changed, started, masterNodeId, masterServer, definedAtLsn, phantom, succession, missing, total);
    }

    ServerDefinition withStarted(boolean now) {
        return new ServerDefinition(
                name, settings, now, masterNodeId, masterServer, definedAtLsn, phantom, succession, missing, total);
    }

    ServerDefinition withMaster(String nodeId) {
        return new ServerDefinition(
                name, settings, started, nodeId, masterServer, definedAtLsn, phantom, succession, missing, total);
    }

    ServerDefinition withMasterServer(String server) {
        return new ServerDefinition(
                name, settings, started, masterNodeId, server, definedAtLsn, phantom, succession, missing, total);
    }

    ServerDefinition withSuccession(Succession now) {
        return new ServerDefinition(
                name, settings, started, masterNodeId, masterServer, definedAtLsn, phantom, now, missing, total);
    }

    ServerDefinition withPhantom(Optional<Phantom> now) {
        return new ServerDefinition(
                name, settings, started, masterNodeId, masterServer, definedAtLsn, now, succession, missing, total);
    }

    ServerDefinition withMissing(Optional<Missing> now) {
        return new ServerDefinition(
                name, settings, started, masterNodeId, masterServer, definedAtLsn, phantom, succession, now, total);
    }

    ServerDefinition withTotal(DayTotal now) {
        return new ServerDefinition(
                name,
                settings,
                started,
                masterNodeId,
                masterServer,
                definedAtLsn,
                phantom,
                succession,
                missing,
                Optional.of(now));
    }
}
