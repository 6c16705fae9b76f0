package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.remote.MBeanServerForwarder;
import javax.security.auth.Subject;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the beans of this very JVM, as a caller over JMX. */
class RoleForwarderTest {

    private static final String KEY = "hotbackup.local.secret";
    private static final String SECRET = "never to be seen";
    private static final String RUNTIME = "java.lang:type=Runtime";

    private final List<String> refused = new ArrayList<>();
    private final MBeanServerForwarder server = new RoleForwarder(
                    new CallerStore() {
                        @Override
                        public Optional<Set<String>> authenticate(Caller caller, String password) {
                            return Optional.empty();
                        }

                        @Override
                        public void loggedIn(Caller caller) {
                            throw new AssertionError("nobody logs in here");
                        }

                        @Override
                        public Set<String> roles(String user) {
                            return user.equals("nobody") ? Set.of() : Set.of(user);
                        }

                        @Override
                        public String credential(String user) {
                            return "now";
                        }
                    },
                    this::hear)
            .forwarder();

    private void hear(Caller caller, String bean, String operation, Refusal refusal) {
        refused.add(caller.surface() + " " + caller.name() + " " + bean + " " + operation + " " + refusal.code());
    }

    /** What was asked of a bean of the VM that is closed left no trace: a user could try them all and nobody heard of it. */
    @Test
    void shouldTellWhatIsAskedOfWhatIsClosed() {
        String commands = "com.sun.management:type=DiagnosticCommand";
        String long1000 = "x:type=" + "y".repeat(1_000);
        assertThatThrownBy(() -> as("admin", () -> server.invoke(name(commands), "gcRun", null, null)))
                .hasMessage(MessageCode.JVM_CLOSED.text("gcRun"));
        assertThatThrownBy(() -> as("viewer", () -> server.getAttribute(name(commands), "x")))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> as("admin", () -> server.createMBean("javax.management.loading.MLet", null)))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> as("viewer", () -> server.getMBeanInfo(name(long1000))))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> server.getAttribute(name(RUNTIME), "Uptime")).isInstanceOf(SecurityException.class);

        assertThat(refused)
                .containsExactly(
                        "jmx admin " + commands + " gcRun JVM_CLOSED",
                        "jmx viewer " + commands + " getAttribute JVM_CLOSED",
                        "jmx admin MBeanServer createMBean JVM_CLOSED",
                        "jmx viewer " + long1000.substring(0, 200) + " getMBeanInfo JVM_CLOSED");
    }

    @BeforeEach
    void hold() {
        server.setMBeanServer(ManagementFactory.getPlatformMBeanServer());
        System.setProperty(KEY, SECRET);
    }

    @AfterEach
    void forget() {
        System.clearProperty(KEY);
    }

    private <T> T as(String user, PrivilegedExceptionAction<T> call) throws Exception {
        return as(new CallerPrincipal(user, "now"), call);
    }

    private static <T> T as(CallerPrincipal caller, PrivilegedExceptionAction<T> call) throws Exception {
        Subject subject = new Subject();
        subject.getPrincipals().add(caller);
        try {
            return Subject.doAs(subject, call);
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }

    private static ObjectName name(String name) throws Exception {
        return new ObjectName(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.lang:type=Memory|HeapMemoryUsage",
                "java.lang:type=Threading|ThreadCount",
                "java.lang:type=Runtime|Uptime",
                "java.lang:type=OperatingSystem|SystemLoadAverage",
                "java.lang:type=ClassLoading|LoadedClassCount",
                "java.nio:type=BufferPool,name=direct|MemoryUsed",
                "JMImplementation:type=MBeanServerDelegate|MBeanServerId"
            })
    void shouldShowFigures(String bean, String attribute) throws Exception {
        assertThat(as("viewer", () -> server.getAttribute(name(bean), attribute)))
                .isNotNull();
        assertThat(as("viewer", () -> server.isRegistered(name(bean)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin"})
    void shouldNeverShowWhatTheNodeWasStartedWith(String role) throws Exception {
        assertThat(as(role, () -> server.getAttribute(name(RUNTIME), "SystemProperties"))
                        .toString())
                .contains("java.version")
                .doesNotContain(SECRET, KEY);
        AttributeList both = as(
                role, () -> server.getAttributes(name(RUNTIME), new String[] {"SystemProperties", "InputArguments"}));
        assertThat(both.asList()).hasSize(2);
        for (Attribute one : both.asList()) {
            Object value = one.getValue();
            String text = value instanceof String[] texts ? Arrays.toString(texts) : value.toString();
            assertThat(text).doesNotContain(SECRET).doesNotContainPattern("-D[^,]*=(?!\\*)");
        }
    }

    /** By what a query finds one could tell, letter by letter, what it read. */
    @Test
    void shouldNotLetAQueryReadWhatItsCallerMayNot() throws Exception {
        MBeanServer direct = ManagementFactory.getPlatformMBeanServer();
        var mayRead = Query.match(Query.attr("SpecVersion"), Query.value("*"));
        var logging = Query.isInstanceOf(Query.value("java.lang.management.PlatformLoggingMXBean"));
        assertThat(direct.queryNames(null, logging)).isNotEmpty();
        assertThat(as("viewer", () -> server.queryNames(null, logging))).isEmpty();
        assertThat(as("viewer", () -> server.queryNames(name("java.lang:*"), mayRead)))
                .contains(name(RUNTIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.management:type=DiagnosticCommand",
                "com.sun.management:type=HotSpotDiagnostic",
                "java.util.logging:type=Logging",
                "jdk.management.jfr:type=FlightRecorder"
            })
    void shouldNotHaveWhatIsNoFigure(String bean) throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name(bean)))
                .as("a bean that is really there")
                .isTrue();
        assertThat(as("admin", () -> server.isRegistered(name(bean)))).isFalse();
        assertThatThrownBy(() -> as("admin", () -> server.isInstanceOf(name(bean), "java.lang.Object")))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> as("admin", () -> server.getObjectInstance(name(bean))))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThat(as("admin", () -> server.queryNames(null, null))).doesNotContain(name(bean));
        assertThat(as("admin", () -> server.queryMBeans(null, null)))
                .noneMatch(instance -> instance.getObjectName().toString().equals(bean));
        assertThat(as("admin", server::getDomains)).doesNotContain("com.sun.management", "java.util.logging");
        assertThatThrownBy(() -> as("admin", () -> server.getMBeanInfo(name(bean))))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> as("admin", () -> server.getAttribute(name(bean), "LoggerNames")))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> as("admin", () -> server.invoke(name(bean), "vmSystemProperties", null, null)))
                .isInstanceOf(SecurityException.class);
    }

    @Test
    void shouldLetNobodyChangeTheVirtualMachine() {
        for (PrivilegedExceptionAction<Object> change : Set.<PrivilegedExceptionAction<Object>>of(
                () -> server.invoke(name("java.lang:type=Memory"), "gc", null, null),
                () -> server.createMBean("javax.management.loading.MLet", name("org.hotbackup:type=Mine")),
                () -> server.instantiate("java.lang.Object"),
                () -> {
                    server.setAttribute(name("java.lang:type=Memory"), new Attribute("Verbose", true));
                    return null;
                },
                () -> {
                    server.unregisterMBean(name("java.lang:type=Memory"));
                    return null;
                })) {
            assertThatThrownBy(() -> as("admin", change)).isInstanceOf(SecurityException.class);
        }
    }

    @Test
    void shouldLetNobodyInWhoseRoleOrPasswordIsNoLongerWhatItWas() throws Exception {
        PrivilegedExceptionAction<Object> reading = () -> server.getAttribute(name(RUNTIME), "Uptime");
        assertThat(as("viewer", reading)).isNotNull();
        assertThatThrownBy(() -> as("nobody", reading)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> as(new CallerPrincipal("viewer", "before"), reading))
                .isInstanceOf(SecurityException.class);
    }

    /** A request can name a subject to run as, and the JDK lets pass one without principals. */
    @Test
    void shouldRefuseWhoRunsAsNobody() {
        for (PrivilegedExceptionAction<Object> reading : Set.<PrivilegedExceptionAction<Object>>of(
                () -> server.getAttribute(name(RUNTIME), "SystemProperties"),
                () -> server.isInstanceOf(name(RUNTIME), "java.lang.Object"),
                () -> server.createMBean("javax.management.loading.MLet", name("org.hotbackup:type=Mine")))) {
            assertThatThrownBy(() -> Subject.doAs(new Subject(), reading)).isInstanceOf(SecurityException.class);
        }
    }

    @Test
    void shouldAnswerTheConnectorNoMoreThanItAsks() throws Exception {
        String broadcaster = "javax.management.NotificationBroadcaster";
        assertThat(server.isInstanceOf(name("java.lang:type=Memory"), broadcaster))
                .isTrue();
        assertThat(server.isInstanceOf(name("jdk.management.jfr:type=FlightRecorder"), broadcaster))
                .isFalse();
        assertThatThrownBy(() -> server.getAttribute(name(RUNTIME), "SystemProperties"))
                .isInstanceOf(SecurityException.class);
    }
}
