package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.AuditProof;
import org.hotbackup.server.AuditTrail;
import org.junit.jupiter.api.Test;

/** Viewers read everything there is, and not as often at once as they like. */
class FullReadingTest {

    private static final String HASH = "0".repeat(64);
    private static final AuditProof PROOF = new AuditProof(true, 0, 1, HASH);

    private static void assertRefused(Runnable reading, String what) {
        assertThatThrownBy(reading::run).isInstanceOf(Refusal.class).hasMessage(MessageCode.READ_AS_A_WHOLE.text(what));
    }

    @Test
    void shouldLetOnlySoManyReadAtOnce() {
        FullReading two = new FullReading("The store", 2);

        String read = two.read(() -> two.read(() -> {
            assertRefused(() -> two.read(() -> "third"), "The store");
            return "second";
        }));
        assertThat(read).isEqualTo("second");
        assertThat(two.<String>read(() -> "again")).isEqualTo("again");
    }

    @Test
    void shouldLetTheNextOneReadAfterOneThatFailed() {
        FullReading one = new FullReading("The store", 1);
        assertThatThrownBy(() -> one.read(() -> {
                    throw new IllegalStateException("fails");
                }))
                .hasMessage("fails");

        assertThat(one.<String>read(() -> "next")).isEqualTo("next");
    }

    @Test
    void shouldProveTheAuditForOneAtATime() {
        AuditControl audit = new AuditControl();
        audit.operations = new LongOperations();
        List<OperationReceipt> meanwhile = new ArrayList<>();
        audit.trail = new AuditTrail() {
            @Override
            public AuditProof verify() {
                OperationReceipt busy = OperationReceipt.refused(MessageCode.READ_AS_A_WHOLE, AuditControl.AUDIT);
                meanwhile.addAll(List.of(audit.verify(), audit.verifySince(1, HASH)));
                assertThat(meanwhile).hasSize(2).containsOnly(busy);
                meanwhile.clear();
                return PROOF;
            }
        };

        assertThat(audit.verify()).isEqualTo(PROOF.receipt());
        assertThat(audit.verify()).as("when the first one is over").isEqualTo(PROOF.receipt());
    }
}
