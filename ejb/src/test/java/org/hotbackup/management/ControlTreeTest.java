package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.openmbean.OpenType;
import org.hotbackup.control.ControlDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What consoles see: nothing changes unnoticed, everything can be shown, edited and understood there. */
class ControlTreeTest {

    private static final String KEPT = "control-tree.txt";
    private static final Path NOW = Path.of("target", KEPT);

    /** What JConsole and VisualVM can edit: any other parameter disables the button. */
    private static final Set<String> EDITABLE = Set.of(
            "int", "long", "double", "boolean", "java.lang.String", "java.math.BigDecimal", "java.math.BigInteger");

    private static final Set<String> NUMBERS = Set.of("int", "long", "double");

    /** Asks for a name because it hurts whoever works, but nothing is lost: what it ends can be begun again. */
    private static final Set<String> INTERRUPTING = Set.of("stop", "stopAll", "shutdown", "cancel", "newPassword");

    private static MBeanRegistrar registrar;

    @BeforeAll
    static void register() {
        registrar = ContractBeans.registered(Runnable::run);
    }

    @AfterAll
    static void unregister() {
        registrar.unregisterAll();
    }

    static Stream<MBeanInfo> beans() {
        return ContractBeans.contracts().stream().map(ControlTreeTest::info);
    }

    private static MBeanInfo info(Class<?> contract) {
        try {
            return ManagementFactory.getPlatformMBeanServer().getMBeanInfo(ContractBeans.name(contract));
        } catch (javax.management.JMException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<MBeanOperationInfo> operations() {
        return beans().flatMap(bean -> Arrays.stream(bean.getOperations()));
    }

    static Stream<MBeanAttributeInfo> attributes() {
        return beans().flatMap(bean -> Arrays.stream(bean.getAttributes()));
    }

    private static List<String> parameters(MBeanOperationInfo operation) {
        return Arrays.stream(operation.getSignature())
                .map(MBeanParameterInfo::getName)
                .toList();
    }

    private static boolean isDestructive(MBeanOperationInfo operation) {
        return "true".equals(operation.getDescriptor().getFieldValue("destructive"));
    }

    /** Some want to be confirmed only if something is in the way. */
    private static boolean isAlwaysConfirmed(MBeanOperationInfo operation) {
        return Arrays.stream(operation.getSignature())
                .anyMatch(parameter -> parameter.getName().equals("confirm")
                        && !parameter.getDescription().endsWith("else empty"));
    }

    @Test
    void shouldBeTheTreeThatIsWrittenDown() throws IOException {
        String tree = ControlTree.text(
                ContractBeans.contracts().stream().map(ContractBeans::name).toList());
        Files.writeString(NOW, tree);

        assertThat(tree)
                .as(
                        "the tree of control beans is another one; if that is wanted, copy ejb/%s to"
                                + " ejb/src/test/resources/org/hotbackup/management/%s",
                        NOW, KEPT)
                .isEqualTo(kept());
    }

    private static String kept() throws IOException {
        try (InputStream kept = ControlTreeTest.class.getResourceAsStream(KEPT)) {
            return kept == null ? "" : new String(kept.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** JConsole lists attributes and operations as they come, and names the class above them. */
    @ParameterizedTest
    @MethodSource("beans")
    void shouldBeListedByNameUnderTheContract(MBeanInfo bean) {
        assertThat(bean.getClassName())
                .matches(ControlDirectory.class.getPackageName().replace(".", "\\.") + "\\.[A-Za-z]+MXBean");
        assertThat(bean.getOperations()).extracting(MBeanOperationInfo::getName).isSorted();
        assertThat(bean.getAttributes()).extracting(MBeanAttributeInfo::getName).isSorted();
    }

    @Test
    void shouldBeFoundByEverySurface() {
        List<Class<?>> found = Arrays.stream(ControlDirectory.class.getMethods())
                .<Class<?>>map(method -> method.getReturnType())
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(ContractBeans.contracts());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldTakeOnlyWhatAConsoleCanEdit(MBeanOperationInfo operation) {
        assertThat(operation.getSignature())
                .extracting(MBeanParameterInfo::getType)
                .allSatisfy(type -> assertThat(EDITABLE).contains(type));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldAnswerInTypesOfTheJdkOnly(MBeanOperationInfo operation) {
        assertThat(operation.getReturnType()).as("an answer for people").isNotEqualTo("void");
        assertThat(operation.getDescriptor().getFieldValue("openType")).isInstanceOf(OpenType.class);
        assertThat(operation.getReturnType()).doesNotContain("hotbackup");
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void shouldShowAttributesInTypesOfTheJdkOnly(MBeanAttributeInfo attribute) {
        assertThat(attribute.getDescriptor().getFieldValue("openType")).isInstanceOf(OpenType.class);
        assertThat(attribute.getType()).doesNotContain("hotbackup");
        assertThat(attribute.isWritable())
                .as("operations change, attributes show")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void shouldSayTheUnitsOfNumbers(MBeanAttributeInfo attribute) {
        boolean number = NUMBERS.contains(attribute.getType());
        Object units = attribute.getDescriptor().getFieldValue("units");
        assertThat(units != null).as(attribute.getName()).isEqualTo(number);
        if (attribute.getName().endsWith("Millis")) {
            assertThat(units).isIn("ms", "epoch ms");
        } else if (attribute.getName().endsWith("Seconds")) {
            assertThat(units).isEqualTo("s");
        } else if (attribute.getName().endsWith("Bytes")) {
            assertThat(units).isEqualTo("bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("beans")
    void shouldNotOverloadOperations(MBeanInfo bean) {
        assertThat(bean.getOperations()).extracting(MBeanOperationInfo::getName).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("beans")
    void shouldDescribeEverything(MBeanInfo bean) {
        assertThat(bean.getDescription()).matches(ControlTreeTest::isSentence);
        assertThat(bean.getAttributes())
                .allSatisfy(one ->
                        assertThat(one.getDescription()).as(one.getName()).matches(ControlTreeTest::isSentence));
        assertThat(bean.getNotifications())
                .extracting(MBeanNotificationInfo::getDescription)
                .allMatch(ControlTreeTest::isSentence);
    }

    private static boolean isSentence(String text) {
        return text.matches("[A-Za-z].*") && text.contains(" ") && !text.contains("org.hotbackup");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldDescribeOperationsAndTheirParameters(MBeanOperationInfo operation) {
        assertThat(operation.getDescription()).isNotBlank().isNotEqualTo(operation.getName());
        assertThat(operation.getImpact()).isNotEqualTo(MBeanOperationInfo.UNKNOWN);
        assertThat(operation.getDescriptor().getFieldValue("role")).isIn("viewer", "operator", "admin");
        assertThat(operation.getSignature()).allSatisfy(parameter -> {
            assertThat(parameter.getName()).matches("[A-Za-z][A-Za-z ]{1,15}").doesNotMatch("(p|arg)\\d+");
            assertThat(parameter.getDescription()).isNotBlank().isNotEqualTo(parameter.getName());
        });
        assertThat(new HashSet<>(parameters(operation))).hasSameSizeAs(parameters(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldAskForNameAndReasonBeforeItDestroys(MBeanOperationInfo operation) {
        List<String> parameters = parameters(operation);
        if (isDestructive(operation)) {
            assertThat(parameters).endsWith("confirm", "reason");
            assertThat(operation.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
        } else {
            assertThat(parameters).doesNotContain("reason");
            assertThat(operation.getName())
                    .doesNotMatch("(delete|clear|discard|remove|drop|reset|revoke|overwrite|drain|empty)[A-Z]?.*");
            assertThat(isAlwaysConfirmed(operation) && !INTERRUPTING.contains(operation.getName()))
                    .as("%s asks for a name, so it destroys something, or only interrupts it", operation.getName())
                    .isFalse();
        }
    }
}
