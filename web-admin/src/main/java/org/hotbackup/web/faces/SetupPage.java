package org.hotbackup.web.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;

/**
 * The manual's Setup Server: the fields that apply to the type of the server, and no others. The address says which server and,
 * of a new one, which type.
 */
@Named("setup")
@RequestScoped
public class SetupPage {

    @Inject
    ControlDirectory control;

    @Inject
    Operations operations;

    @Inject
    Feedback feedback;

    @Inject
    Frame frame;

    private Map<String, String> given;
    private ServerSettings current;
    private boolean running;
    private boolean missing;

    /** Reads the address, or the form, and what is set up. */
    @PostConstruct
    public void read() {
        given = FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        if (!isNew()) {
            try {
                ServerMXBean server = control.server(getName());
                current = ServerSettings.parse(server.getSettings());
                running = server.isRunning();
            } catch (Refusal e) {
                missing = true;
                frame.show(e);
            }
        }
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
        if (given("type").equals("slave") || given("type").equals("master")) {
            return given("type");
        }
        return current == null ? "master" : current.get(ServerSetting.TYPE);
    }

    /** Whether the server that the address names can be set up: there is one, or it is a new one. */
    public boolean isFound() {
        return !missing;
    }

    /** Whether it runs, so that it must be stopped first. */
    public boolean isRunning() {
        return running;
    }

    /** The page of the server. */
    public String getBack() {
        return "server.xhtml?name=" + URLEncoder.encode(getName(), StandardCharsets.UTF_8);
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
        String before = current == null ? setting.defaultValue().orElse("") : current.get(setting);
        return given.getOrDefault(setting.key(), before);
    }

    /** Sets it up: goes on to the server, or stays and says what was wrong. */
    public String perform() {
        try {
            String settings = "type=" + getType() + " "
                    + getFields().stream().map(Field::getWord).collect(Collectors.joining(" "));
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

        /** What is valid, or what it does if it is on. */
        public String getHelp() {
            return isSwitch() ? Texts.get("setupHelp." + setting.key()) : setting.valid();
        }

        /** Whether phones shall offer digits. */
        public boolean isNumber() {
            return setting.valid().contains("from");
        }

        /**
         * As the operation takes it.
         *
         * @throws Refusal if the value is not valid
         */
        String getWord() {
            return setting.key() + "=\"" + setting.checked(value) + '"';
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
