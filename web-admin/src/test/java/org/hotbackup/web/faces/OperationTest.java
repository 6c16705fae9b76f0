package org.hotbackup.web.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hotbackup.control.AdminOnly;
import org.hotbackup.control.Description;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.Role;
import org.hotbackup.control.Secret;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

class OperationTest {

    /** A contract as all are. */
    public interface Contract {

        @Description("An attribute")
        String getName();

        @Description(value = "Reads", impact = Description.Impact.INFO)
        String lastLines(@Description("lines: at most so many") int lines);

        @AdminOnly
        @Description(value = "Destroys", impact = Description.Impact.ACTION)
        OperationReceipt destroyAll(
                @Description("all: whether all") boolean all,
                @Description("confirm: the name") String confirm,
                @Description("reason: why") String reason,
                @Secret @Description("password: the new one") String password);
    }

    private static final class Bean implements Contract {

        @Override
        public String getName() {
            return "bean";
        }

        @Override
        public String lastLines(int lines) {
            return lines + " lines";
        }

        @Override
        public OperationReceipt destroyAll(boolean all, String confirm, String reason, String password) {
            throw new Refusal(MessageCode.CONFIRM_BY_NAME, "bean", confirm + all);
        }
    }

    private static Operation operation(String name) {
        return Operation.of(Contract.class, name).orElseThrow();
    }

    @Test
    void shouldBeWhatTheContractSays() {
        assertThat(Operation.all(Contract.class))
                .extracting(Operation::getName)
                .containsExactly("destroyAll", "lastLines");
        assertThat(operation("destroyAll").getLabel()).isEqualTo("Destroy all");
        assertThat(operation("destroyAll").getRole()).isEqualTo(Role.ADMIN);
        assertThat(operation("destroyAll").isConfirmed()).isTrue();
        assertThat(operation("destroyAll").isReceipted()).isTrue();
        assertThat(operation("lastLines").getRole()).isEqualTo(Role.VIEWER);
        assertThat(operation("lastLines").isConfirmed()).isFalse();
        assertThat(operation("lastLines").getParameters().get(0).getLabel()).isEqualTo("Lines");
        assertThat(operation("lastLines").getParameters().get(0).getHelp()).isEqualTo("at most so many");
    }

    /** Heading and button said Clear, and one had to look at the address to know what. */
    @Test
    void shouldNameWhatItClears() {
        assertThat(Operation.of(PermanentLogMXBean.class, "clear").orElseThrow().getLabel())
                .isEqualTo("Clear permanent log");
        assertThat(Operation.of(TransactionLogQueueMXBean.class, "clear")
                        .orElseThrow()
                        .getLabel())
                .isEqualTo("Clear log queue");
    }

    /** An address brought the name, the reason and even a password: one click and it was done. */
    @Test
    void shouldHaveNamesReasonsAndSecretsTypedByTheUser() {
        List<Operation.Parameter> parameters = operation("destroyAll").getParameters();

        assertThat(parameters).extracting(Operation.Parameter::isTyped).containsExactly(false, true, true, true);
        assertThat(parameters).extracting(Operation.Parameter::isSecret).containsExactly(false, false, false, true);
    }

    @Test
    void shouldTurnTextsIntoValues() {
        assertThat(operation("lastLines").call(new Bean(), List.of(" 7 "))).isEqualTo("7 lines");
    }

    @Test
    void shouldSayWhichTextIsNoNumber() {
        assertThatThrownBy(() -> operation("lastLines").call(new Bean(), List.of("many")))
                .isInstanceOf(Refusal.class)
                .hasMessage("'many' cannot be used for Lines; give a number.");
    }

    @Test
    void shouldPassOnWhyTheBeanRefuses() {
        assertThatThrownBy(() -> operation("destroyAll").call(new Bean(), List.of("yes", "no", "", "")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'notrue' was given");
        assertThatThrownBy(() -> operation("destroyAll").call(new Bean(), List.of("", "no", "", "")))
                .hasMessageContaining("'nofalse' was given");
    }
}
