package org.hotbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final OperationReceipt GOES_ON = OperationReceipt.accepted(
                    MessageCode.OPERATION_GOES_ON, "operation:1")
            .asTask("operation:1");
    private static final OperationReceipt DONE = OperationReceipt.done(MessageCode.SERVER_STOPPED, "todev");

    private final Deque<OperationReceipt> answers = new ArrayDeque<>();

    private <T> T answering(Class<T> contract) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == OperationReceipt.class) {
                        return answers.remove();
                    }
                    throw new IllegalStateException("not running");
                }));
    }

    private ServerMXBean server() {
        return Settling.proxy(ServerMXBean.class, answering(ServerMXBean.class), () -> answering(TasksMXBean.class));
    }

    @Test
    void shouldAnswerWhenAnOperationIsOver() {
        answers.addAll(List.of(GOES_ON, GOES_ON, DONE));
        assertThat(server().start()).isEqualTo(DONE);
        assertThat(answers).isEmpty();
    }

    @Test
    void shouldNotWaitForWhatIsWatchedOtherwise() {
        OperationReceipt promoting = OperationReceipt.accepted(MessageCode.PROMOTION_GOES_ON, "todev", "applying")
                .asTask("promotion:todev");
        answers.addAll(List.of(promoting));
        assertThat(server().promote("", "todev", "why")).isEqualTo(promoting);
    }

    @Test
    void shouldThrowWhatTheBeanThrows() {
        assertThatThrownBy(() -> server().query())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not running");
    }
}
