package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.Caller;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.ReplicationServers;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    private static final OperationReceipt DONE = OperationReceipt.done(MessageCode.SERVER_DELETED, "todev");

    private final List<String> said = new ArrayList<>();
    private final Reasons reasons = new Reasons();

    ReasonsTest() {
        reasons.callers = new Callers();
        reasons.servers = new ReplicationServers() {
            @Override
            public void say(String server, MessageCode code, Object... values) {
                said.add(server + ": " + code.text(values));
            }
        };
    }

    private OperationReceipt delete(String reason, OperationReceipt answer) {
        OperationReceipt[] receipt = new OperationReceipt[1];
        new Caller("bob", "web", "127.0.0.1")
                .during(() -> receipt[0] =
                        reasons.because(reason, () -> answer, "todev", MessageCode.DELETE_REASON, "todev"));
        return receipt[0];
    }

    @Test
    void shouldSayWhoDidItAndWhy() {
        assertThat(delete(" moved to another node ", DONE)).isEqualTo(DONE);
        assertThat(said).containsExactly("todev: User 'bob' had server 'todev' deleted: moved to another node");
    }

    @Test
    void shouldDoNothingWithoutAReason() {
        for (String nothing : new String[] {"", " ", null}) {
            OperationReceipt receipt = reasons.because(
                    nothing,
                    () -> {
                        throw new AssertionError("it is done");
                    },
                    "todev",
                    MessageCode.DELETE_REASON,
                    "todev");
            assertThat(receipt.messageId()).isEqualTo(MessageCode.REASON_MISSING.id());
        }
        assertThat(said).isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatIsRefused() {
        delete("why not", OperationReceipt.refused(MessageCode.SERVER_EXISTS_RUNNING, "todev"));
        OperationReceipt refused = reasons.because(
                "why not",
                () -> {
                    throw new Refusal(MessageCode.CONFIRM_BY_NAME, "todev", "other");
                },
                "todev",
                MessageCode.DELETE_REASON,
                "todev");
        assertThat(refused.messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(said).isEmpty();
    }
}
