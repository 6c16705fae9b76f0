package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.Caller;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailTest {

    private static final Caller BOB = new Caller("bob", "jmx", "127.0.0.1");
    private static final AuditOutcome DONE = AuditOutcome.of(OperationReceipt.done(MessageCode.TRACES_OFF));
    private static final AuditOutcome REFUSED = AuditOutcome.of(new Refusal(MessageCode.NOT_ALLOWED, "bob", "admin"));

    private final FilesInMemory files = new FilesInMemory();
    private final MovableClock clock = MovableClock.at("2026-11-22T04:00:00Z");
    private AuditTrail trail = open();

    private AuditTrail open() {
        AuditTrail opened = new AuditTrail();
        opened.files = files.files();
        opened.clock = clock;
        return opened;
    }

    private static AuditEvent event(String operation) {
        return new AuditEvent(BOB, "Server todev", operation, "confirm=todev");
    }

    private void operate(String operation) {
        trail.end(trail.begin(event(operation)), event(operation), DONE);
    }

    private List<AuditRecord> all() {
        return trail.list(0, 1_000);
    }

    @Test
    void shouldRecordTheBeginningAndWhatBecameOfIt() {
        operate("stop");
        assertThat(all())
                .extracting(
                        AuditRecord::number,
                        AuditRecord::user,
                        AuditRecord::operation,
                        AuditRecord::outcome,
                        AuditRecord::begun)
                .containsExactly(tuple(1L, "bob", "stop", "BEGUN", 0L), tuple(2L, "bob", "stop", "DONE", 1L));
        assertThat(all().get(1))
                .satisfies(record -> assertThat(record.message()).isEqualTo(DONE.message()))
                .satisfies(record -> assertThat(record.time()).isEqualTo("2026-11-22T04:00:00Z"))
                .satisfies(record -> assertThat(record.arguments()).isEqualTo("confirm=todev"));
    }

    @Test
    void shouldGoOnWhereItEndedBeforeTheNodeDid() {
        trail.begin(event("promote"));
        trail = open();
        operate("start");
        assertThat(all()).extracting(AuditRecord::number).containsExactly(1L, 2L, 3L);
        assertThat(trail.verify().whole()).isTrue();
    }

    @Test
    void shouldLetNothingBeDoneThatItCannotRecord() {
        operate("stop");
        files.full(true);
        assertThatThrownBy(() -> trail.begin(event("clear"))).hasMessageContaining("Nothing was done");
        files.full(false);
        operate("clear");
        assertThat(all()).extracting(AuditRecord::operation).containsExactly("stop", "stop", "clear", "clear");
        assertThat(trail.verify().whole()).isTrue();
    }

    @Test
    void shouldRecordLaterWhatBecameOfWhatItCouldNotRecordAtOnce() {
        long begun = trail.begin(event("stop"));
        files.full(true);
        trail.end(begun, event("stop"), DONE);
        files.full(false);
        operate("start");
        assertThat(all())
                .extracting(AuditRecord::operation, AuditRecord::outcome)
                .containsExactly(
                        tuple("stop", "BEGUN"), tuple("stop", "DONE"), tuple("start", "BEGUN"), tuple("start", "DONE"));
    }

    @Test
    void shouldFoldWhatRepeatsWithinAMinute() {
        for (int i = 0; i < 1_000; i++) {
            trail.note(event("clear"), REFUSED);
        }
        assertThat(all()).extracting(AuditRecord::times).containsExactly(1L);
        clock.move(Duration.ofMinutes(1));
        trail.note(event("clear"), REFUSED);
        assertThat(all()).extracting(AuditRecord::times).containsExactly(1L, 999L, 1L);
        assertThat(trail.verify().whole()).isTrue();
    }

    @Test
    void shouldNotFoldWhatEndedInAnotherWay() {
        trail.note(event("clear"), REFUSED);
        trail.note(event("clear"), AuditOutcome.of(new Refusal(MessageCode.INTERNAL_ERROR, "x")));
        assertThat(all()).extracting(AuditRecord::outcome).containsExactly("REFUSED", "FAILED");
    }

    @Test
    void shouldNotGrowWithEverNewThingsThatAreRefused() {
        for (int minute = 0; minute < 3; minute++) {
            for (int i = 0; i < 1_000; i++) {
                trail.note(event("invented " + i), REFUSED);
            }
            clock.move(Duration.ofMinutes(1));
        }
        trail.close();
        assertThat(all()).hasSizeLessThanOrEqualTo(3 * (Repeated.MOST + 2));
        assertThat(all().stream().mapToLong(AuditRecord::times).sum()).isEqualTo(3_000);
    }

    @Test
    void shouldShowNothingThatEndsALineAndNothingWithoutEnd() {
        AuditEvent event = new AuditEvent(
                new Caller("eve\r\n1 bob", "rest", "127.0.0.1"), "Node", "setup", "settings=" + "x".repeat(10_000));
        trail.note(event, REFUSED);
        assertThat(all().get(0).user()).isEqualTo("eve\\x0D\\x0A1 bob");
        assertThat(all().get(0).arguments()).hasSizeLessThan(1_100);
    }

    private void tamper(int number, UnaryOperator<String[]> how) {
        String id = AuditChain.id(number).toString();
        DynamicArray item = files.item(SystemPaths.AUDIT, id).orElseThrow();
        String[] attributes = new String[item.attributeCount()];
        for (int i = 0; i < attributes.length; i++) {
            attributes[i] = item.extract(i + 1);
        }
        files.put(SystemPaths.AUDIT, id, how.apply(attributes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void shouldNameTheFirstRecordThatIsNotAsItWasWritten(int attribute) {
        operate("stop");
        operate("start");
        operate("clear");
        tamper(3, attributes -> {
            attributes[attribute] = attribute == 0 || attribute > 10 ? "5" : attributes[attribute] + "x";
            return attributes;
        });
        AuditProof proof = trail.verify();
        assertThat(proof.whole()).isFalse();
        assertThat(proof.firstBroken()).isEqualTo(3);
        assertThat(proof.headNumber()).isEqualTo(2);
        assertThat(proof.receipt().message()).contains("Record 3");
    }

    @Test
    void shouldMissARecordThatWasRemoved() {
        operate("stop");
        operate("start");
        files.files().delete(SystemPaths.AUDIT, AuditChain.id(2));
        assertThat(trail.verify().firstBroken()).isEqualTo(2);
    }

    @Test
    void shouldMissTheLastRecordsWhileItRunsAndByTheNotedHeadEver() {
        operate("stop");
        operate("start");
        AuditRecord noted = trail.last().orElseThrow();
        files.files().delete(SystemPaths.AUDIT, AuditChain.id(4));
        assertThat(trail.verify().firstBroken()).isEqualTo(4);
        trail = open();
        assertThat(trail.verify().whole()).as("nobody knows any more").isTrue();
        assertThat(trail.verifySince(noted.number(), noted.hash()).firstBroken())
                .isEqualTo(4);
    }

    /** Whoever can write the whole file can make a chain of his own; not one that meets the noted head. */
    @Test
    void shouldTellAnotherChainByTheNotedHead() {
        operate("stop");
        operate("start");
        AuditRecord noted = trail.last().orElseThrow();
        operate("clear");
        assertThat(trail.verifySince(noted.number(), noted.hash()).whole()).isTrue();
        for (int i = 1; i <= 6; i++) {
            files.files().delete(SystemPaths.AUDIT, AuditChain.id(i));
        }
        trail = open();
        operate("status");
        operate("status");
        operate("status");
        assertThat(trail.verify().whole()).isTrue();
        assertThat(trail.verifySince(noted.number(), noted.hash()))
                .isEqualTo(new AuditProof(false, 4, 3, trail.list(2, 1).get(0).hash()));
    }
}
