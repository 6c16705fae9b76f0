package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.Caller;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

class StoreChangesTest {

    private static final Caller BOB = new Caller("bob", "rest", "127.0.0.1");

    private final FilesInMemory files = new FilesInMemory();
    private final StoreChanges changes = new StoreChanges();
    private final List<String> done = new ArrayList<>();

    StoreChangesTest() {
        changes.audit = new AuditTrail();
        changes.audit.files = files.files();
    }

    private List<String> recorded() {
        return changes.audit.list(0, 100).stream()
                .map(r -> "%s by %s: %s.%s(%s) %s"
                        .formatted(r.outcome(), r.user(), r.bean(), r.operation(), r.arguments(), r.messageId())
                        .strip())
                .toList();
    }

    private void record(Supplier<Object> change) {
        BOB.<RuntimeException, RuntimeException>during(() -> changes.record("deleteFile", "file=a,b", change));
    }

    @Test
    void shouldRecordTheBeginningBeforeAndTheOutcomeAfter() {
        record(() -> done.addAll(recorded()));
        assertThat(done).containsExactly("BEGUN by bob: Store.deleteFile(file=a,b)");
        assertThat(recorded())
                .containsExactly("BEGUN by bob: Store.deleteFile(file=a,b)", "DONE by bob: Store.deleteFile(file=a,b)");
    }

    @Test
    void shouldRecordWhatWasRefusedAndWhatFailed() {
        assertThatThrownBy(() -> record(() -> {
                    throw new IllegalStateException(new Refusal(MessageCode.NO_FILE, "a,b"));
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> record(() -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(changes.audit.list(0, 100))
                .extracting(AuditRecord::outcome)
                .containsExactly("BEGUN", "REFUSED", "BEGUN", "FAILED");
    }

    @Test
    void shouldDoNothingThatItCannotRecord() {
        files.full(true);
        assertThatThrownBy(() -> record(() -> done.add("done"))).hasMessageContaining("Nothing was done");
        assertThat(done).isEmpty();
    }

    @Test
    void shouldRecordOnceWhoIsRefusedAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            changes.refused(BOB, "PUT", "/api/accounts/a" + i, new Refusal(MessageCode.NOT_ALLOWED, "bob", "operator"));
        }
        assertThat(recorded())
                .containsExactly("REFUSED by bob: HTTP.PUT(path=/api/accounts/a0) " + MessageCode.NOT_ALLOWED.id());
    }
}
