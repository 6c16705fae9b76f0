package org.hotbackup.web.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;

/**
 * The manual's Setup Server: the fields that apply to the type of the server, and no others. The address says which server and,
 * of a new one, which type.
 */
@Named("setup")
@RequestScoped
public class SetupPage {

    private static final String LABELLED = "%-18s ";

    @Inject
    ControlDirectory control;

    @Inject
    Operations operations;

    @Inject
    Feedback feedback;

    @Inject
    Frame frame;

    private Map<String, String> given;
    private Map<String, String> current = Map.of();

    /** Reads the address, or the form, and what is set up. */
    @PostConstruct
    public void read() {
        given = FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        if (!isNew()) {
            try {
                current = values(control.server(getName()).show());
            } catch (Refusal e) {
                frame.show(e);
            }
        }
    }

    /** The values in the text of a setup, by key. */
    static Map<String, String> values(String shown) {
        return Arrays.stream(ServerSetting.values())
                .filter(setting -> shown.lines().anyMatch(line -> isOf(setting, line)))
                .collect(Collectors.toMap(ServerSetting::key, setting -> shown.lines()
                        .filter(line -> isOf(setting, line))
                        .map(line -> line.substring(
                                Math.min(line.length(), label(setting).length())))
                        .findFirst()
                        .orElse("")));
    }

    private static boolean isOf(ServerSetting setting, String line) {
        return line.equals(setting.label()) || line.startsWith(label(setting));
    }

    private static String label(ServerSetting setting) {
        return String.format(LABELLED, setting.label());
    }

    private String given(String field) {
        return given.getOrDefault(field, "");
    }

    /** Whether there is no such server yet. */
    public boolean isNew() {
        return given("new").equals("yes") || getName().isEmpty();
    }

    /** The server's name. */
    public String getName() {
        return given("name");
    }

    /** {@code master} or {@code slave}. */
    public String getType() {
        return given("type").equals("slave") || given("type").equals("master")
                ? given("type")
                : current.getOrDefault(ServerSetting.TYPE.key(), "master");
    }

    /** The operation, and whether the user may. */
    public Operations.Offer getOffer() {
        return operations.offer("node", "setup");
    }

    /** The fields that apply. */
    public List<Field> getFields() {
        return Arrays.stream(ServerSetting.values())
                .filter(setting -> setting != ServerSetting.TYPE && setting.appliesTo(getType()))
                .map(setting -> new Field(setting, value(setting)))
                .toList();
    }

    private String value(ServerSetting setting) {
        String before =
                current.getOrDefault(setting.key(), setting.defaultValue().orElse(""));
        return given.getOrDefault(setting.key(), before);
    }

    /** Sets it up: goes on to the server, or stays and says what was wrong. */
    public String perform() {
        String settings = "type=" + getType() + " "
                + getFields().stream()
                        .map(field -> field.getKey() + "=\"" + field.getValue() + '"')
                        .collect(Collectors.joining(" "));
        try {
            Object answer = operations.call("node", "", "setup", List.of(getName(), settings));
            if (answer instanceof OperationReceipt receipt) {
                if (receipt.outcome() != OperationReceipt.Outcome.REFUSED) {
                    feedback.show(receipt);
                    return "/server.xhtml?faces-redirect=true&name=" + getName();
                }
                frame.show(receipt);
            }
        } catch (Refusal e) {
            frame.show(e);
        }
        return null;
    }

    /** One field of the form. Faces sees it. */
    public static final class Field {

        private final ServerSetting setting;
        private final String value;

        Field(ServerSetting setting, String value) {
            this.setting = setting;
            this.value = value;
        }

        public String getKey() {
            return setting.key();
        }

        public String getLabel() {
            return setting.label();
        }

        /** What is valid. */
        public String getHelp() {
            return setting.valid();
        }

        public String getValue() {
            return value;
        }

        /** Whether it is on or off. */
        public boolean isSwitch() {
            return setting.valid().equals("on or off");
        }

        public boolean isOn() {
            return value.equals("on");
        }

        /** Whether it must be given. */
        public boolean isRequired() {
            return setting.defaultValue().isEmpty();
        }
    }
}
