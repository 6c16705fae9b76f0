package org.hotbackup.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.health.NodeFacts.CertificateFacts;
import org.hotbackup.health.NodeFacts.ClockStep;
import org.hotbackup.health.NodeFacts.LogFacts;
import org.hotbackup.health.NodeFacts.StoreFacts;
import org.hotbackup.health.NodeFacts.Stuck;
import org.hotbackup.health.ServerFacts.Blocked;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.health.ServerFacts.Refused;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.saves.HalfRestored;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.Standing;

/** A node {@code prod} with which nothing is wrong, until a test says something else. */
final class Facts {

    static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");
    private static final Instant LATER = Instant.parse("2036-01-01T00:00:00Z");
    private static final long GIGABYTE = 1L << 30;

    Standing standing = Standing.FIRST;
    long diskFreeBytes = 100 * GIGABYTE;
    String lockTrouble = "";
    long itemsWritten = 40;
    LogSettings settings = new LogSettings(true, false, true);
    boolean missed;
    long lastLsn = 20;
    long pending;
    int filledPercent;
    String pumpTrouble = "";
    long lostAndFound;
    List<CertificateFacts> certificates =
            List.of(new CertificateFacts("", LATER), new CertificateFacts("standby", LATER));
    long rejected;
    List<String> unusable = List.of();
    List<String> failingHelpers = List.of();
    List<HalfRestored> halfRestored = List.of();
    List<Stuck> stuck = List.of();
    Optional<ClockStep> clockStep = Optional.empty();
    final List<Server> servers = new ArrayList<>();
    final List<LinkedFacts> linked = new ArrayList<>();
    final List<RefusedTape> refusedTapes = new ArrayList<>();

    /** One of its servers. */
    static final class Server {
        final String name;
        final boolean master;
        boolean insecure;
        boolean running = true;
        boolean toRun = true;
        long statusSeconds = 3_600;
        ServerStatus status;
        long pending;
        long sent;
        Optional<QueueFacts> queue = Optional.of(new QueueFacts(0, 0, 0, 0, 0));
        Optional<Refused> refusal = Optional.empty();
        Optional<Blocked> blocked = Optional.empty();
        boolean applying = true;
        int filesFailed;
        boolean behind;
        boolean promoted;
        int resyncLeft = -1;
        String abandoned = "";
        boolean toBeProved;
        long filesDifferent;
        String lastMessage = "";

        Server(String name, boolean master) {
            this.name = name;
            this.master = master;
            status = master ? ServerStatus.IDLE : ServerStatus.READING_NETWORK;
            if (!master) {
                queue = Optional.empty();
            }
        }

        private ServerFacts facts() {
            ServerFigures figures = new ServerFigures(
                    status, "", 0, 0, sent, 0, 0, 0, 0, 0, 0, 12, 0, "", pending, ServerFigures.NEVER);
            return new ServerFacts(
                    name,
                    master,
                    insecure,
                    master ? "127.0.0.1:2000" : "2000",
                    running,
                    toRun,
                    statusSeconds,
                    figures,
                    queue,
                    refusal,
                    blocked,
                    applying,
                    filesFailed,
                    behind,
                    promoted,
                    resyncLeft,
                    abandoned,
                    toBeProved,
                    filesDifferent,
                    0,
                    lastMessage);
        }
    }

    /** Adds the master server {@code todev}. */
    Server master() {
        servers.add(new Server("todev", true));
        return servers.get(servers.size() - 1);
    }

    /** Adds the slave server {@code fromprod}. */
    Server slave() {
        servers.add(new Server("fromprod", false));
        return servers.get(servers.size() - 1);
    }

    NodeFacts facts() {
        return new NodeFacts(
                NOW,
                "prod",
                standing,
                new StoreFacts(diskFreeBytes, GIGABYTE / 4, lockTrouble, 30, itemsWritten),
                new LogFacts(settings, missed, lastLsn, lastLsn - pending, pending, filledPercent, pumpTrouble),
                lostAndFound,
                certificates,
                rejected,
                unusable,
                failingHelpers,
                halfRestored,
                stuck,
                clockStep,
                servers.stream().map(Server::facts).toList(),
                linked,
                refusedTapes);
    }
}
