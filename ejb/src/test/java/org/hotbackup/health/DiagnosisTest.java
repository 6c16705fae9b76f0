package org.hotbackup.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hotbackup.cli.HotBackup;
import org.hotbackup.cli.TapeSocket;
import org.hotbackup.control.Cause;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.health.Diagnosis.Health;
import org.hotbackup.health.NodeFacts.CertificateFacts;
import org.hotbackup.health.NodeFacts.ClockStep;
import org.hotbackup.health.NodeFacts.Stuck;
import org.hotbackup.health.ServerFacts.Blocked;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.health.ServerFacts.Refused;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.saves.HalfRestored;
import org.hotbackup.store.LogSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each cause of trouble: that it is found, how bad it is, and that the next command exists. */
class DiagnosisTest {

    private static final long MEGABYTE = 1L << 20;

    /**
     * Something that is wrong, and what has to be said first.
     *
     * @param what for people
     * @param health what it does to the health
     * @param id of the message
     * @param next how the next command begins
     * @param wrong makes it so
     */
    private record Trouble(String what, Health health, String id, String next, Consumer<Facts> wrong) {
        static Trouble of(String what, Health health, MessageCode code, String next, Consumer<Facts> wrong) {
            return new Trouble(what, health, code.id(), next, wrong);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Consumer<Facts> master(Consumer<Facts.Server> wrong) {
        return facts -> wrong.accept(facts.master());
    }

    private static Consumer<Facts> slave(Consumer<Facts.Server> wrong) {
        return facts -> wrong.accept(facts.slave());
    }

    private static LinkedFacts output(boolean running, String refusal, long ageMillis) {
        return new LinkedFacts(
                "slog", true, running, refusal, "", Optional.of(new LinkedFacts.Waiting(9, 900, ageMillis)), "");
    }

    private static LinkedFacts input(boolean running, String trouble) {
        return new LinkedFacts("rlog", false, running, "", trouble, Optional.empty(), "");
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                Trouble.of(
                        "the store's lock is lost",
                        Health.CRITICAL,
                        MessageCode.STORE_LOCK_LOST,
                        "permanent-log",
                        facts -> facts.lockTrouble = "the database ended it"),
                Trouble.of(
                        "the pump does not move",
                        Health.CRITICAL,
                        MessageCode.CAUSE_STUCK,
                        "permanent-log",
                        facts -> facts.stuck = List.of(new Stuck("log pump", 130))),
                Trouble.of(
                        "an input server refuses a tape, as a former one did not end",
                        Health.CRITICAL,
                        MessageCode.CAUSE_TAPE_REFUSED,
                        "query server=ssave",
                        facts -> facts.refusedTapes.add(new RefusedTape(
                                "ssave", "Refused: start it without option c", ServerStatus.WAIT_RESPONSE_TO_CALL))),
                Trouble.of(
                        "a linked output server does not run",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LINKED_OUTPUT_STOPPED,
                        "startsend server=slog",
                        facts -> facts.linked.add(output(false, "", 5_000))),
                Trouble.of(
                        "nobody takes the log",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LINKED_BEHIND,
                        "status server=slog",
                        facts -> facts.linked.add(output(true, "", 61_000))),
                Trouble.of(
                        "the log does not follow",
                        Health.CRITICAL,
                        MessageCode.CAUSE_LINKED_REFUSED,
                        "status server=slog",
                        facts -> facts.linked.add(output(true, "Refused: a gap", 61_000))),
                Trouble.of(
                        "the log is wanted and not enqueued",
                        Health.CRITICAL,
                        MessageCode.CAUSE_NOT_ENQUEUED,
                        "log start",
                        facts -> {
                            facts.linked.add(output(true, "", 0));
                            facts.settings = new LogSettings(false, false, true);
                        }),
                Trouble.of(
                        "the log that arrives is not applied",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LINKED_INPUT_STOPPED,
                        "startreceive server=rlog",
                        facts -> facts.linked.add(input(false, ""))),
                Trouble.of(
                        "the log that arrives cannot be applied now",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LOG_NOT_APPLIED,
                        "status server=rlog",
                        facts -> facts.linked.add(input(true, "a section is locked"))),
                Trouble.of(
                        "the disk is full",
                        Health.CRITICAL,
                        MessageCode.CAUSE_DISK_FULL,
                        "updates status",
                        facts -> facts.diskFreeBytes = 200 * MEGABYTE),
                Trouble.of(
                        "the disk is nearly full",
                        Health.DEGRADED,
                        MessageCode.CAUSE_DISK_LOW,
                        "updates status",
                        facts -> facts.diskFreeBytes = 400 * MEGABYTE),
                Trouble.of(
                        "superseded", Health.CRITICAL, MessageCode.CAUSE_SUPERSEDED, "rejoin server=todev", facts -> {
                            facts.master();
                            facts.standing = facts.standing.closedBecause("superseded by node x in epoch 2");
                        }),
                Trouble.of(
                        "closed by somebody",
                        Health.OK,
                        MessageCode.CAUSE_CLOSED,
                        "updates status",
                        facts -> facts.standing = facts.standing.closedBecause("closed by dm: a test")),
                Trouble.of(
                        "no room for more log entries",
                        Health.CRITICAL,
                        MessageCode.CAUSE_LOG_FULL,
                        "servers",
                        facts -> facts.filledPercent = 100),
                Trouble.of(
                        "half of the room is taken",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LOG_FILLING,
                        "servers",
                        facts -> facts.filledPercent = 50),
                Trouble.of(
                        "the queue takes nothing",
                        Health.DEGRADED,
                        MessageCode.LOG_NOT_HANDED_ON,
                        "permanent-log",
                        facts -> facts.pumpTrouble = "the broker is not running"),
                Trouble.of(
                        "enqueuing is stopped", Health.CRITICAL, MessageCode.CAUSE_NOT_ENQUEUED, "log start", facts -> {
                            facts.master();
                            facts.settings = new LogSettings(false, false, true);
                        }),
                Trouble.of(
                        "updates were missed", Health.CRITICAL, MessageCode.CAUSE_UPDATES_MISSED, "servers", facts -> {
                            facts.master();
                            facts.missed = true;
                        }),
                Trouble.of("nothing is logged", Health.OK, MessageCode.CAUSE_NOTHING_LOGGED, "log all", facts -> {
                    facts.master();
                    facts.lastLsn = 0;
                }),
                Trouble.of(
                        "a record cannot be used",
                        Health.DEGRADED,
                        MessageCode.SERVER_UNUSABLE,
                        "servers",
                        facts -> facts.unusable = List.of("The record of 'todev' cannot be used")),
                Trouble.of(
                        "a server is stopped",
                        Health.DEGRADED,
                        MessageCode.CAUSE_STOPPED,
                        "start server=todev",
                        master(server -> {
                            server.running = false;
                            server.toRun = false;
                        })),
                Trouble.of(
                        "a resync was interrupted",
                        Health.DEGRADED,
                        MessageCode.RESYNC_UNFINISHED,
                        "resync --master NODE --slave",
                        slave(server -> {
                            server.running = false;
                            server.toRun = false;
                            server.resyncLeft = 2;
                        })),
                Trouble.of(
                        "a resync is restored and not proved",
                        Health.OK,
                        MessageCode.CAUSE_TO_BE_PROVED,
                        "resync --master NODE --slave",
                        slave(server -> server.toBeProved = true)),
                Trouble.of(
                        "a resync was given up, and the slave server runs",
                        Health.DEGRADED,
                        MessageCode.IMAGE_ABANDONED,
                        "resync --master NODE --slave",
                        slave(server -> server.abandoned = "its image is not whole")),
                Trouble.of(
                        "a server failed",
                        Health.DEGRADED,
                        MessageCode.CAUSE_NOT_RUNNING,
                        "start server=fromprod",
                        slave(server -> server.running = false)),
                Trouble.of(
                        "the slave is unreachable",
                        Health.DEGRADED,
                        MessageCode.CAUSE_SLAVE_UNREACHABLE,
                        "status server=todev",
                        master(server -> {
                            server.status = ServerStatus.WAIT_RESPONSE_TO_CALL;
                            server.lastMessage = "Cannot call host '127.0.0.1:2000'. Errno=Connection refused";
                        })),
                Trouble.of(
                        "the peer is not trusted",
                        Health.DEGRADED,
                        MessageCode.CAUSE_PEER_UNTRUSTED,
                        "trust --list",
                        master(server -> {
                            server.status = ServerStatus.WAIT_RESPONSE_TO_CALL;
                            server.lastMessage = "Cannot call host: certificate 00 is not trusted";
                        })),
                Trouble.of(
                        "a caller is not trusted",
                        Health.DEGRADED,
                        MessageCode.CAUSE_PEER_UNTRUSTED,
                        "trust --list",
                        slave(server -> {
                            server.status = ServerStatus.WAIT_INCOMING_CALL;
                            server.lastMessage = "A call was refused because it shows no certificate";
                        })),
                new Trouble(
                        "one side refuses the other",
                        Health.CRITICAL,
                        MessageCode.REFUSED_POSITION_BEHIND.id(),
                        "status server=todev",
                        master(server -> server.refusal = Optional.of(new Refused(
                                MessageCode.REFUSED_POSITION_BEHIND.id(), "Refused: the slave stands at 1", 60)))),
                Trouble.of(
                        "the slave misses something",
                        Health.CRITICAL,
                        MessageCode.CAUSE_SLAVE_MISSES,
                        "status server=todev",
                        master(server -> server.behind = true)),
                Trouble.of(
                        "the queue does not answer",
                        Health.DEGRADED,
                        MessageCode.QUEUE_UNAVAILABLE,
                        "status server=todev",
                        master(server -> server.queue = Optional.empty())),
                Trouble.of(
                        "the slave is far behind",
                        Health.DEGRADED,
                        MessageCode.CAUSE_BEHIND,
                        "query server=todev",
                        master(server -> server.queue = Optional.of(new QueueFacts(9, 900, 61_000, 9, 61_000)))),
                Trouble.of(
                        "the slave acknowledges nothing",
                        Health.DEGRADED,
                        MessageCode.NOT_ACKNOWLEDGED,
                        "query server=todev",
                        master(server -> {
                            server.status = ServerStatus.WAITING_FOR_ACK;
                            server.queue = Optional.of(new QueueFacts(9, 900, 61_000, 9, 61_000));
                            server.blocked = Optional.of(new Blocked(17, "the slave does not acknowledge it", 61));
                        })),
                Trouble.of(
                        "nobody calls",
                        Health.DEGRADED,
                        MessageCode.CAUSE_NO_CALL,
                        "status server=fromprod",
                        slave(server -> server.status = ServerStatus.WAIT_INCOMING_CALL)),
                Trouble.of(
                        "the port is taken",
                        Health.DEGRADED,
                        MessageCode.CAUSE_PORT_TAKEN,
                        "status server=fromprod",
                        slave(server -> server.status = ServerStatus.STOPPED)),
                Trouble.of(
                        "the port of a promoted server is taken",
                        Health.DEGRADED,
                        MessageCode.CAUSE_PORT_TAKEN,
                        "status server=fromprod",
                        slave(server -> {
                            server.promoted = true;
                            server.status = ServerStatus.STOPPED;
                        })),
                Trouble.of(
                        "a transaction is blocked",
                        Health.DEGRADED,
                        MessageCode.CAUSE_BLOCKED,
                        "head server=fromprod",
                        slave(server -> server.blocked = Optional.of(new Blocked(17, "the disk is full", 75)))),
                Trouble.of(
                        "updates are not applied",
                        Health.DEGRADED,
                        MessageCode.CAUSE_NOT_APPLYING,
                        "start-applying server=fromprod",
                        slave(server -> server.applying = false)),
                Trouble.of(
                        "files failed to open",
                        Health.DEGRADED,
                        MessageCode.CAUSE_FILES_FAILED,
                        "status server=fromprod",
                        slave(server -> server.filesFailed = 2)),
                Trouble.of(
                        "files differ",
                        Health.DEGRADED,
                        MessageCode.CAUSE_DIFFERENT,
                        "verify differences server=todev",
                        master(server -> server.filesDifferent = 3)),
                Trouble.of("nobody is trusted", Health.DEGRADED, MessageCode.NO_TRUSTED_PEER, "trust --list", facts -> {
                    facts.master();
                    facts.certificates = facts.certificates.subList(0, 1);
                }),
                Trouble.of(
                        "the own certificate ends",
                        Health.DEGRADED,
                        MessageCode.CAUSE_CERTIFICATE_ENDS,
                        "node renew-key prod",
                        facts -> {
                            facts.master();
                            facts.certificates = List.of(
                                    new CertificateFacts("", Facts.NOW.plus(Duration.ofDays(29))),
                                    facts.certificates.get(1));
                        }),
                Trouble.of(
                        "a peer's certificate has ended",
                        Health.DEGRADED,
                        MessageCode.CAUSE_CERTIFICATE_ENDED,
                        "trust --list",
                        facts -> {
                            facts.slave();
                            facts.certificates =
                                    List.of(facts.certificates.get(0), new CertificateFacts("standby", Facts.NOW));
                        }),
                Trouble.of(
                        "a helper dies",
                        Health.DEGRADED,
                        MessageCode.HELPER_DIED,
                        "permanent-log",
                        facts -> facts.failingHelpers = List.of("The helper for 'a,b' died (x); it is started again")),
                Trouble.of(
                        "an account is half restored",
                        Health.DEGRADED,
                        MessageCode.CAUSE_HALF_RESTORED,
                        "account-restore shop heavy --device tape1 --node",
                        facts -> facts.halfRestored =
                                List.of(new HalfRestored("heavy", "shop", "account-restore", "tape1", "", ""))),
                Trouble.of(
                        "an account is half restored by the restore of a whole machine",
                        Health.DEGRADED,
                        MessageCode.CAUSE_HALF_RESTORED,
                        "restore --device tape1 --overwrite --confirm",
                        facts -> facts.halfRestored =
                                List.of(new HalfRestored("heavy", "heavy", "restore", "tape1", "o", ""))),
                Trouble.of(
                        "a file of dm is half restored",
                        Health.DEGRADED,
                        MessageCode.CAUSE_FILE_HALF_RESTORED,
                        "restore --device tape1 --confirm",
                        facts -> facts.halfRestored =
                                List.of(new HalfRestored("dm,notes", "dm", "restore", "tape1", "", ""))),
                Trouble.of(
                        "lost+found is not empty",
                        Health.DEGRADED,
                        MessageCode.CAUSE_LOST_AND_FOUND,
                        "lost-and-found list",
                        facts -> facts.lostAndFound = 4),
                Trouble.of(
                        "the clock was set",
                        Health.DEGRADED,
                        MessageCode.CAUSE_CLOCK_SET,
                        "permanent-log",
                        facts -> facts.clockStep = Optional.of(new ClockStep(Facts.NOW, -3_600))));
    }

    private static Diagnosis diagnosis(Consumer<Facts> wrong) {
        Facts facts = new Facts();
        wrong.accept(facts);
        return Diagnosis.of(facts.facts());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void shouldFindTheCauseAndNothingElse(Trouble trouble) {
        Diagnosis diagnosis = diagnosis(trouble.wrong());

        assertThat(diagnosis.causes()).extracting(Cause::messageId).containsExactly(trouble.id());
        assertThat(diagnosis.health()).isEqualTo(trouble.health());
        Cause cause = diagnosis.causes().get(0);
        assertThat(cause.rank()).isEqualTo(1);
        assertThat(cause.sentence()).isNotBlank().doesNotContain("{");
        assertThat(cause.evidence()).isNotBlank();
        assertThat(diagnosis.reasons()).hasSize(trouble.health() == Health.OK ? 0 : 1);
        assertThat(diagnosis.text()).contains(cause.sentence(), cause.evidence(), cause.nextCommand());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void shouldNameACommandThatExists(Trouble trouble) {
        String next = diagnosis(trouble.wrong()).causes().get(0).nextCommand();

        boolean ofTapes = next.startsWith("tape-socket ");
        assertThat(next).startsWith((ofTapes ? "tape-socket " : "hot-backup ") + trouble.next());
        String[] words = next.substring(next.indexOf(' ') + 1).split(" ");
        CommandLine command = ofTapes ? TapeSocket.commandLine() : HotBackup.commandLine();
        assertThatCode(() -> command.parseArgs(words)).as(next).doesNotThrowAnyException();
    }

    /** Both were a bare status: nobody could tell which transaction, since when, or how much waits behind it. */
    @Test
    void shouldSayWhichTransactionIsInTheWayAndSinceWhen() {
        Diagnosis diagnosis = diagnosis(facts -> {
            facts.slave().blocked = Optional.of(new Blocked(17, "the disk is full", 75));
            Facts.Server master = facts.master();
            master.refusal = Optional.of(new Refused("HB2025", "Refused", 60));
            master.queue = Optional.of(new QueueFacts(9, 900, 61_000, 9, 61_000));
        });

        assertThat(diagnosis.causes())
                .extracting(Cause::evidence)
                .containsExactly(
                        "refused since 2026-11-21T10:14:00Z, status Idle, 9 transactions wait for its slave",
                        "HB2033, transaction 17 since 2026-11-21T10:13:45Z: the disk is full");
        assertThat(diagnosis.causes().get(1).sentence()).contains("transaction 17", "hot-backup set-aside");
    }

    @Test
    void shouldFindNothingWrongWithAPairThatRuns() {
        Diagnosis diagnosis = diagnosis(facts -> {
            facts.master();
            facts.slave();
        });

        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.health()).isEqualTo(Health.OK);
        assertThat(diagnosis.text()).contains("Nothing is wrong with node 'prod'");
    }

    @Test
    void shouldPutTheWorstFirst() {
        Diagnosis diagnosis = diagnosis(facts -> {
            facts.lostAndFound = 1;
            facts.standing = facts.standing.closedBecause("closed by dm: a test");
            facts.diskFreeBytes = 0;
        });

        assertThat(diagnosis.causes()).extracting(Cause::severity).containsExactly("critical", "warning", "notice");
        assertThat(diagnosis.causes()).extracting(Cause::rank).containsExactly(1, 2, 3);
        assertThat(diagnosis.health()).isEqualTo(Health.CRITICAL);
    }

    @Test
    void shouldNotComplainOfWhatJustBegan() {
        assertThat(diagnosis(master(server -> {
                            server.status = ServerStatus.WAIT_RESPONSE_TO_CALL;
                            server.statusSeconds = Diagnosis.UNREACHABLE_SECONDS - 1;
                        }))
                        .causes())
                .isEmpty();
        assertThat(diagnosis(slave(server -> {
                            server.status = ServerStatus.WAIT_INCOMING_CALL;
                            server.statusSeconds = Diagnosis.UNCALLED_SECONDS - 1;
                        }))
                        .causes())
                .isEmpty();
    }

    @Test
    void shouldNotExpectAMasterToCallAPromotedSlave() {
        assertThat(diagnosis(slave(server -> {
                            server.promoted = true;
                            server.status = ServerStatus.WAIT_INCOMING_CALL;
                        }))
                        .causes())
                .isEmpty();
    }

    @Test
    void shouldNotAskForCertificatesWhereTheLinkHasNone() {
        assertThat(diagnosis(facts -> {
                            facts.master().insecure = true;
                            facts.certificates = List.of();
                        })
                        .causes())
                .isEmpty();
    }
}
