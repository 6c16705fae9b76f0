package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

class OperationViewTest {

    private final List<String> refused = new ArrayList<>();

    private OperationView view(Map<String, String> address) {
        OperationView view = new OperationView();
        view.operations = new Operations() {
            @Override
            public Offer offer(String kind, String operation) {
                return new Offer(find(kind, operation), true);
            }
        };
        view.beans = new ControlBeans();
        view.beans.control = (ControlDirectory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ControlDirectory.class}, (proxy, method, arguments) -> {
                    if (arguments != null && !arguments[0].equals("todev")) {
                        throw new Refusal(MessageCode.NO_SERVER, arguments[0]);
                    }
                    return null;
                });
        view.frame = new Frame() {
            @Override
            public void show(Refusal refusal) {
                refused.add(refusal.getMessage());
            }
        };
        view.read(address);
        return view;
    }

    /** The form of an unknown server was shown, and only filled in it said so. */
    @Test
    void shouldRefuseTheFormOfAServerThatIsNotThere() {
        assertThat(view(Map.of("bean", "server", "name", "nobody", "operation", "stop"))
                        .isFound())
                .isFalse();
        assertThat(refused).containsExactly(MessageCode.NO_SERVER.text("nobody"));
    }

    @Test
    void shouldShowTheFormOfWhatIsThere() {
        assertThat(view(Map.of("bean", "server", "name", "todev", "operation", "stop"))
                        .isFound())
                .isTrue();
        assertThat(view(Map.of("bean", "permanentLog", "operation", "clear")).isFound())
                .isTrue();
        assertThat(refused).isEmpty();
    }
}
