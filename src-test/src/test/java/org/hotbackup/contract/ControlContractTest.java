package org.hotbackup.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.hotbackup.control.Description;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Consoles enable a button only for parameters they can edit, and show what is described. */
class ControlContractTest {

    private static final Set<Class<?>> EDITABLE = Set.of(
            int.class,
            long.class,
            boolean.class,
            double.class,
            String.class,
            String[].class,
            BigDecimal.class,
            BigInteger.class,
            ObjectName.class);

    static Stream<Method> methods() {
        return Stream.of(
                        LostAndFoundMXBean.class,
                        NodeMXBean.class,
                        NoticesMXBean.class,
                        PermanentLogMXBean.class,
                        SamplesMXBean.class,
                        ServerMXBean.class,
                        TransactionLogQueueMXBean.class,
                        VerificationMXBean.class)
                .flatMap(contract -> Arrays.stream(contract.getMethods()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldTakeOnlyParametersThatAConsoleCanEdit(Method method) {
        assertThat(EDITABLE).containsAll(List.of(method.getParameterTypes()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldDescribeEveryAttributeOperationAndParameter(Method method) {
        assertThat(method.getAnnotation(Description.class)).isNotNull();
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            assertThat(annotations).anyMatch(Description.class::isInstance);
        }
        boolean attribute = method.getParameterCount() == 0
                && (method.getName().startsWith("get") || method.getName().startsWith("is"));
        if (!attribute) {
            assertThat(method.getAnnotation(Description.class).impact()).isNotEqualTo(Description.Impact.UNKNOWN);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldBeMethodsOfAnMxBean(Method method) {
        assertThat(JMX.isMXBeanInterface(method.getDeclaringClass())).isTrue();
    }

    @Test
    void shouldNumberEveryMessageOnce() {
        Set<String> ids = new HashSet<>();
        for (MessageCode code : MessageCode.values()) {
            assertThat(ids.add(code.id())).as(code.name()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(MessageCode.class)
    void shouldPutItsValuesIntoEveryMessage(MessageCode code) {
        String text = code.text("one", "two", "three", "four");

        assertThat(text).isNotBlank().doesNotContain("{").doesNotContain("''");
    }
}
