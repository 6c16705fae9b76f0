package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBException;
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
import org.hotbackup.control.Secret;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.server.AuditEvent;
import org.hotbackup.server.AuditOutcome;
import org.hotbackup.server.AuditTrail;
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
        OperationReceipt change(@Description("how: with what") String how);

        @Description(value = "changes and answers", impact = Description.Impact.ACTION_INFO)
        List<String> take(@Description("limit") int limit);

        @Description("nobody said what it does")
        String unknown();

        @AdminOnly
        @Description(value = "destroys", impact = Description.Impact.ACTION)
        OperationReceipt destroy(@Description("confirm: its name") String confirm);

        @AdminOnly
        @Description(value = "shows what only an admin may see", impact = Description.Impact.INFO)
        String inspect();

        @Secret
        @Description(value = "makes a secret", impact = Description.Impact.ACTION)
        OperationReceipt secret(
                @Description("name: whose") String name, @Secret @Description("password: his") String password);

        @ForEveryone
        @Description(value = "changes what is the caller's own", impact = Description.Impact.ACTION)
        OperationReceipt own();
    }

    private final List<String> called = new ArrayList<>();
    private final List<String> audited = new ArrayList<>();
    private RuntimeException failing;
    private boolean full;

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
        public OperationReceipt secret(String name, String password) {
            return called("secret", OperationReceipt.done(MessageCode.ADDRESS_SET, name, "the new one"));
        }

        @Override
        public OperationReceipt own() {
            return called("own", OperationReceipt.done(MessageCode.TRACES_OFF));
        }
    }

    private final ControlGuard guard = new ControlGuard();
    private final ThingMXBean thing = guard.guard(ThingMXBean.class, new Thing(), "one");

    ControlGuardTest() {
        guard.audit = new AuditTrail() {
            @Override
            public synchronized long begin(AuditEvent event) {
                if (full) {
                    throw new Refusal(MessageCode.AUDIT_UNWRITABLE, "full");
                }
                audited.add("begin " + event.bean() + " " + event.operation() + "(" + event.arguments() + ")");
                return audited.size();
            }

            @Override
            public synchronized void end(long begun, AuditEvent event, AuditOutcome outcome) {
                audited.add("end " + begun + " " + outcome.word() + " " + outcome.message());
            }

            @Override
            public synchronized void note(AuditEvent event, AuditOutcome outcome) {
                audited.add(event.caller().name() + " " + event.operation() + " " + outcome.messageId());
            }
        };
        guard.operations = new LongOperations();
        guard.callers = new Callers();
        guard.callers.known = new CallerStore() {
            @Override
            public Optional<Set<String>> authenticate(Caller caller, String password) {
                throw new AssertionError("who asks was made sure of by the surface");
            }

            @Override
            public void loggedIn(Caller caller) {
                throw new AssertionError("nobody logs in here");
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
                    assertThat(answer).isInstanceOfSatisfying(OperationReceipt.class, receipt -> {
                        assertThat(receipt.outcome()).isEqualTo(OperationReceipt.Outcome.REFUSED);
                        assertThat(receipt.messageId()).isEqualTo(MessageCode.NOT_ALLOWED.id());
                    });
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

    /** Who waited for a save while the node was stopped read that something had failed, an EJBException. */
    @Test
    void shouldSayThatTheNodeIsBeingStopped() {
        failing = new EJBException("Attempt to invoke when container is in Stopped");
        as("admin", () -> {
            for (String method : List.of("look", "change")) {
                assertThatThrownBy(() -> call(method)).hasMessage(MessageCode.NODE_STOPPING.text());
            }
        });
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

    @Test
    void shouldRecordWhatChangesBeforeAndAfterItAndNothingThatReads() {
        as("admin", () -> {
            thing.getName();
            thing.look("there");
            thing.inspect();
            assertThat(audited).isEmpty();
            thing.change("so");
            thing.take(7);
            failing = new Refusal(MessageCode.NO_FILE, "sales,orders");
            thing.change("x".repeat(1_000));
            failing = new IllegalArgumentException();
            assertThatThrownBy(() -> thing.destroy("it")).isInstanceOf(Refusal.class);
        });
        assertThat(audited)
                .containsExactly(
                        "begin Thing one change(how=so)",
                        "end 1 DONE " + MessageCode.TRACES_OFF.text("so"),
                        "begin Thing one take(limit=7)",
                        "end 3 DONE ",
                        "begin Thing one change(how=" + "x".repeat(200) + "...)",
                        "end 5 REFUSED " + MessageCode.NO_FILE.text("sales,orders"),
                        "begin Thing one destroy(confirm=it)",
                        "end 7 FAILED " + MessageCode.INTERNAL_ERROR.text("IllegalArgumentException"));
    }

    @Test
    void shouldRecordWhatSomebodyMayNot() {
        may("viewer", "destroy");
        may("operator", "inspect");
        may("nobody", "getName");
        assertThat(audited)
                .containsExactly("viewer destroy HB1022", "operator inspect HB1022", "nobody getName HB1022");
    }

    @Test
    void shouldRecordNoSecret() {
        as("admin", () -> assertThat(thing.secret("bob", "typed").message()).contains("the new one"));
        assertThat(audited).containsExactly("begin Thing one secret(name=bob, password=***)", "end 1 DONE ");
    }

    @Test
    void shouldDoNothingThatCannotBeRecorded() {
        full = true;
        as("admin", () -> {
            assertThat(thing.destroy("it").messageId()).isEqualTo(MessageCode.AUDIT_UNWRITABLE.id());
            assertThatThrownBy(() -> thing.take(1)).isInstanceOf(Refusal.class);
            assertThat(thing.getName()).isEqualTo("it");
        });
        assertThat(called).containsExactly("getName");
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
