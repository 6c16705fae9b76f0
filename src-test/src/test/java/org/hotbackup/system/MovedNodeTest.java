package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.testing.FirstAnswers;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node goes on with what is in its home, wherever that was moved to, and a copy leaves the original alone. It answers
 * nobody before it can answer rightly.
 */
@Tag("system")
class MovedNodeTest {

    private static final FilePath FILE = FilePath.data("mine", "orders");
    private static final ItemId BEFORE = ItemId.of("before");
    private static final ItemId AFTER = ItemId.of("after");

    @TempDir
    Path base;

    @Test
    void shouldGoOnAfterAMoveAndLeaveTheOriginalOfACopyAlone() throws IOException {
        NodeHomes homes = new NodeHomes(base);
        TestNode original = TestNode.create(homes, "a", StoreKind.H2);
        try (TestNode moved = TestNode.of(homes.at("amv"));
                TestNode copy = TestNode.of(homes.at("acopy"))) {
            original.start();
            original.rest().createAccount("mine", DPointer.of("DL", 7));
            original.rest().createFile(FILE, DPointer.of("DL", 7));
            original.rest().write(FILE, BEFORE, bytes("kept"));
            original.stop();

            Files.move(original.home().folder(), moved.home().folder());
            moved.start();

            assertThat(moved.rest().read(FILE, BEFORE)).contains(bytes("kept"));
            assertThat(moved.control().node().getName()).isEqualTo("amv");
            assertThat(original.home().folder()).doesNotExist();

            Folders.copy(moved.home().folder(), copy.home().folder());
            assertThatThrownBy(copy::start).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                    .isEqualTo(MessageCode.NODE_COPY_RUNNING));
            assertThat(new NodeProcess(moved.home()).running()).isPresent();
            moved.stop();

            Folders.delete(copy.home().folder());
            Folders.copy(moved.home().folder(), copy.home().folder());
            copy.start();
            copy.rest().write(FILE, AFTER, bytes("only in the copy"));
            assertThat(copy.rest().read(FILE, BEFORE)).contains(bytes("kept"));
            copy.stop();
            assertThat(FirstAnswers.of(moved, FILE, BEFORE, bytes("kept")))
                    .as("while it started")
                    .containsExactlyInAnyOrder(FirstAnswers.REFUSED, FirstAnswers.ITEM);

            assertThat(moved.rest().read(FILE, AFTER)).isEmpty();
            assertThat(original.home().folder()).doesNotExist();
        } finally {
            original.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
