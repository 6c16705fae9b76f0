package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.AdminOnly;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Description;
import org.hotbackup.control.ForEveryone;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGuardTest {

    /** One of each kind. */
    public interface ThingMXBean {
        String getName();

        boolean isOn();

        @Description(value = "reads", impact = Description.Impact.INFO)
        String look(String what);

        @Description(value = "changes", impact = Description.Impact.ACTION)
        OperationReceipt change(String how);

        @Description(value = "changes and answers", impact = Description.Impact.ACTION_INFO)
        List<String> take(int limit);

        @Description("nobody said what it does")
        String unknown();

        @AdminOnly
        @Description(value = "destroys", impact = Description.Impact.ACTION)
        OperationReceipt destroy(String confirm);

        @AdminOnly
        @Description(value = "shows what only an admin may see", impact = Description.Impact.INFO)
        String inspect();

        @ForEveryone
        @Description(value = "changes what is the caller's own", impact = Description.Impact.ACTION)
        OperationReceipt own();
    }

    private final List<String> called = new ArrayList<>();
    private RuntimeException failing;

    private final class Thing implements ThingMXBean {

        private <T> T called(String method, T answer) {
            called.add(method);
            if (failing != null) {
                throw failing;
            }
            return answer;
        }

        @Override
        public String getName() {
            return called("getName", "it");
        }

        @Override
        public boolean isOn() {
            return called("isOn", true);
        }

        @Override
        public String look(String what) {
            return called("look", what);
        }

        @Override
        public OperationReceipt change(String how) {
            return called("change", OperationReceipt.done(MessageCode.TRACES_OFF, how));
        }

        @Override
        public List<String> take(int limit) {
            return called("take", List.of());
        }

        @Override
        public String unknown() {
            return called("unknown", "");
        }

        @Override
        public OperationReceipt destroy(String confirm) {
            return called("destroy", OperationReceipt.done(MessageCode.TRACES_OFF, confirm));
        }

        @Override
        public String inspect() {
            return called("inspect", "");
        }

        @Override
        public OperationReceipt own() {
            return called("own", OperationReceipt.done(MessageCode.TRACES_OFF));
        }
    }

    private final ControlGuard guard = new ControlGuard();
    private final ThingMXBean thing = guard.guard(ThingMXBean.class, new Thing());

    ControlGuardTest() {
        guard.callers = new Callers();
        guard.callers.known = new CallerStore() {
            @Override
            public Optional<Set<String>> authenticate(Caller caller, String password) {
                throw new AssertionError("who asks was made sure of by the surface");
            }

            @Override
            public Set<String> roles(String user) {
                return user.isEmpty() || user.equals("nobody") ? Set.of() : Set.of(user);
            }

            @Override
            public String credential(String user) {
                return user;
            }
        };
    }

    private Object call(String method) {
        return switch (method) {
            case "getName" -> thing.getName();
            case "isOn" -> thing.isOn();
            case "look" -> thing.look("there");
            case "change" -> thing.change("so");
            case "take" -> thing.take(1);
            case "unknown" -> thing.unknown();
            case "destroy" -> thing.destroy("it");
            case "inspect" -> thing.inspect();
            default -> thing.own();
        };
    }

    private void as(String user, Runnable call) {
        new Caller(user, "rest", "127.0.0.1").<RuntimeException, RuntimeException>during(call::run);
    }

    /** Whether it was let through; if not, it was refused in the way that its type allows. */
    private boolean may(String user, String method) {
        called.clear();
        as(user, () -> {
            try {
                Object answer = call(method);
                if (called.isEmpty()) {
                    assertThat(answer).isEqualTo(OperationReceipt.refused(MessageCode.NOT_ALLOWED, user));
                }
            } catch (Refusal e) {
                assertThat(called).isEmpty();
                assertThat(e.code()).isEqualTo(MessageCode.NOT_ALLOWED);
            }
        });
        return called.equals(List.of(method));
    }

    @ParameterizedTest
    @CsvSource({
        "getName,viewer",
        "isOn,viewer",
        "look,viewer",
        "own,viewer",
        "change,operator",
        "take,operator",
        "unknown,operator",
        "destroy,admin",
        "inspect,admin"
    })
    void shouldLetThroughWhoHasTheRole(String method, String least) {
        List<String> roles = List.of("nobody", "stranger", "viewer", "operator", "admin");
        for (String role : roles) {
            assertThat(may(role, method))
                    .as("%s by %s", method, role)
                    .isEqualTo(roles.indexOf(role) >= roles.indexOf(least));
        }
    }

    @Test
    void shouldLetNobodyThroughOnAThreadForWhichNobodyAsked() {
        assertThatThrownBy(thing::getName).isInstanceOf(Refusal.class);
        as("admin", () -> assertThat(thing.getName()).isEqualTo("it"));
        assertThatThrownBy(thing::getName).isInstanceOf(Refusal.class);
        assertThat(called).containsExactly("getName");
    }

    @Test
    void shouldAnswerARefusalAsTheOperationCan() {
        failing = new IllegalStateException(new Refusal(MessageCode.NO_FILE, "sales,orders"));
        as("admin", () -> {
            assertThat(thing.change("so")).isEqualTo(OperationReceipt.refused(MessageCode.NO_FILE, "sales,orders"));
            assertThatThrownBy(() -> thing.look("there"))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.NO_FILE));
        });
    }

    @Test
    void shouldSayAFaultOfOursInASentenceAndNeverThatNothingWasDone() {
        failing = new IllegalArgumentException("for some class inside");
        as("admin", () -> {
            for (String method : List.of("getName", "look", "change", "take")) {
                assertThatThrownBy(() -> call(method)).isInstanceOfSatisfying(Refusal.class, e -> {
                    assertThat(e.code()).isEqualTo(MessageCode.INTERNAL_ERROR);
                    assertThat(e).hasMessageNotContaining("some class").hasNoCause();
                });
            }
        });
    }

    /** Whatever beans there will be. */
    @Test
    void shouldStandBeforeEveryBeanOfADirectory() throws ReflectiveOperationException {
        ControlDirectory beans = (ControlDirectory) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ControlDirectory.class},
                (proxy, method, given) -> Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {method.getReturnType()},
                        (bean, asked, with) -> ""));
        for (Method bean : ControlDirectory.class.getMethods()) {
            Object[] given = bean.getParameterCount() == 0 ? new Object[0] : new Object[] {"todev"};
            Object guarded = bean.invoke(guard.guard(beans), given);
            assertThat(Proxy.getInvocationHandler(guarded).getClass().getEnclosingClass())
                    .as(bean.getName())
                    .isEqualTo(ControlGuard.class);
        }
    }

    @Test
    void shouldTakeNothingForAnEmptyText() {
        as("viewer", () -> assertThat(thing.look(null)).isEmpty());
    }
}
