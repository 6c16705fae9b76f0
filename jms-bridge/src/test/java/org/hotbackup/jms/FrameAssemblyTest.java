package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.hotbackup.jms.FrameAssembly.BadPartException;
import org.hotbackup.replication.FrameCodec;
import org.junit.jupiter.api.Test;

class FrameAssemblyTest {

    private final FrameAssembly assembly = new FrameAssembly();
    private String user = "peer:one";

    @Test
    void shouldPutTogetherTheFramesOfSeveralSenders() throws Exception {
        assertThat(assembly.add(part(1, 2, 'a', 'b'))).isEmpty();
        assertThat(assembly.add(part(2, 1, 'x'))).isEmpty();
        assertThat(assembly.add(part(1, 1, 'c'))).isEmpty();
        assertThat(assembly.add(part(2, 0, 'y')).get()).containsExactly('x', 'y');
        assertThat(assembly.add(part(1, 0, 'd')).get()).containsExactly('a', 'b', 'c', 'd');
        assertThat(assembly.add(part(1, 0)).get()).isEmpty();
    }

    @Test
    void shouldForgetAFrameWithAPartMissing() throws Exception {
        assembly.add(part(1, 2, 'a', 'b'));
        assertThatThrownBy(() -> assembly.add(part(1, 0, 'd')))
                .isInstanceOf(BadPartException.class)
                .hasMessageContaining("missing");

        assertThat(assembly.add(part(1, 0, 'e')).get()).containsExactly('e');
    }

    @Test
    void shouldMakeNoRoomForAFrameThatIsTooLarge() {
        assertThatThrownBy(() -> assembly.add(part(1, FrameCodec.MAX_FRAME + 1)))
                .isInstanceOf(BadPartException.class);
        assertThatThrownBy(() -> assembly.add(part(1, -1))).isInstanceOf(BadPartException.class);
        assertThatThrownBy(() -> assembly.add(part(1, Integer.MAX_VALUE, 'a'))).isInstanceOf(BadPartException.class);
    }

    @Test
    void shouldTakeFramesOnly() {
        assertThatThrownBy(() -> assembly.add(message(Message.TEXT_TYPE, 1, 0)))
                .isInstanceOf(BadPartException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void shouldForgetTheOldestOfManyThatBrokeOff() throws Exception {
        for (int sender = 1; sender <= 5; sender++) {
            assembly.add(part(sender, 1, 'a'));
        }

        assertThat(assembly.add(part(5, 0, 'b')).get()).containsExactly('a', 'b');
        assertThat(assembly.add(part(1, 0, 'b')).get()).containsExactly('b');
    }

    @Test
    void shouldNotHoldTwoOfTheLargestFrames() throws Exception {
        assembly.add(part(1, FrameCodec.MAX_FRAME / 2, 'a'));
        assembly.add(part(2, FrameCodec.MAX_FRAME - 1, 'a'));
        // begun by the first sender is forgotten, so this is a whole frame
        assertThat(assembly.add(part(1, 0, 'b')).get()).containsExactly('b');
        // a small frame of somebody else disturbs nothing
        assertThatThrownBy(() -> assembly.add(part(2, 0, 'b')))
                .isInstanceOf(BadPartException.class)
                .hasMessageContaining("missing");
    }

    /** The number of a link is no secret that anything may rest on. */
    @Test
    void shouldAddNothingToTheFrameOfAnotherNode() throws Exception {
        assembly.add(part(1, 1, 'a'));
        user = "peer:two";
        assertThat(assembly.add(part(1, 0, 'x')).get()).containsExactly('x');
        user = "peer:one";
        assertThat(assembly.add(part(1, 0, 'b')).get()).containsExactly('a', 'b');
    }

    private ICoreMessage part(long sender, int left, int... bytes) {
        CoreMessage part = message(Message.BYTES_TYPE, sender, left);
        ActiveMQBuffer body = part.getBodyBuffer();
        for (int each : bytes) {
            body.writeByte((byte) each);
        }
        return part;
    }

    private CoreMessage message(byte type, long sender, int left) {
        CoreMessage message = new CoreMessage(1, 100);
        message.setType(type);
        message.setValidatedUserID(user);
        message.putLongProperty(Names.SENDER, sender);
        message.putIntProperty(Names.LEFT, left);
        return message;
    }
}
