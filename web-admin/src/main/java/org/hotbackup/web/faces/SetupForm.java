package org.hotbackup.web.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.Setting;

/**
 * The setup of a server: the fields that apply to its kind, and no others. The address says which server and, of a new one, which
 * kind: master or slave, output or input.
 */
abstract class SetupForm {

    /**
     * A server that is set up already.
     *
     * @param values by the keys of the settings
     * @param running whether it must be stopped first
     */
    record Present(Map<String, String> values, boolean running) {}

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
    private boolean running;
    private boolean missing;

    /** Reads the address, or the form, and what is set up. */
    @PostConstruct
    public void read() {
        read(FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap());
    }

    /** The same with the parameters of a request. */
    final void read(Map<String, String> parameters) {
        given = parameters;
        if (!isNew()) {
            try {
                Present present = present(getName());
                current = present.values();
                running = present.running();
            } catch (Refusal e) {
                missing = true;
                frame.show(e);
            }
        }
    }

    /**
     * How a server is set up now.
     *
     * @throws Refusal if there is none of this name
     */
    abstract Present present(String name);

    /** The bean that sets such servers up, as addresses call it. */
    abstract String bean();

    /** The page of one server, and that of all of them. */
    abstract String page();

    /** The same. */
    abstract String all();

    /** The setting that says which others apply, and those. */
    abstract Setting deciding();

    /** The same. */
    abstract List<? extends Setting> settings();

    /** What a new server may be, the usual first: the values of the deciding setting. */
    abstract List<String> kinds();

    /** What a new server may be. */
    public List<Kind> getKinds() {
        return kinds().stream().map(Kind::new).toList();
    }

    /**
     * What a server may be. Faces sees it.
     *
     * @param value of the deciding setting
     */
    public record Kind(String value) {

        public String getValue() {
            return value;
        }

        /** In words. */
        public String getLabel() {
            return Texts.get("a." + value);
        }
    }

    final String given(String field) {
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

    /** The address's word for what kind it is. */
    public String getKindKey() {
        return deciding().key();
    }

    /** What is asked by that, for people. */
    public String getKindLabel() {
        return deciding().label();
    }

    /** What kind it is. */
    public String getKind() {
        String kind = given(getKindKey());
        return kinds().contains(kind) ? kind : current.getOrDefault(getKindKey(), kinds().get(0));
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
        return isNew()
                ? all() + ".xhtml"
                : page() + ".xhtml?name=" + URLEncoder.encode(getName(), StandardCharsets.UTF_8);
    }

    /** The operation, and whether the user may. */
    public Operations.Offer getOffer() {
        return operations.offer(bean(), "setup");
    }

    /** The fields that apply. */
    public List<Field> getFields() {
        return settings().stream()
                .filter(setting -> !setting.equals(deciding()) && setting.appliesTo(getKind()))
                .map(setting -> new Field(setting, value(setting), isRequired(setting)))
                .toList();
    }

    /** Whether it must be given. */
    boolean isRequired(Setting setting) {
        return setting.defaultValue().isEmpty();
    }

    /** What is given, else what is set up, else the default. */
    final String value(Setting setting) {
        String before =
                current.getOrDefault(setting.key(), setting.defaultValue().orElse(""));
        return given.getOrDefault(setting.key(), before);
    }

    /** Sets it up: goes on to the server, or stays and says what was wrong. */
    public String perform() {
        try {
            String settings = getKindKey() + "=" + getKind() + " "
                    + getFields().stream().map(Field::getWord).collect(Collectors.joining(" "));
            Object answer = operations.call(bean(), "", "setup", List.of(getName(), settings));
            if (answer instanceof OperationReceipt receipt) {
                if (receipt.outcome() != OperationReceipt.Outcome.REFUSED) {
                    feedback.show(receipt);
                    return "/" + page() + ".xhtml?faces-redirect=true&name=" + getName();
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

        private final Setting setting;
        private final String value;
        private final boolean required;

        Field(Setting setting, String value, boolean required) {
            this.setting = setting;
            this.value = value;
            this.required = required;
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
            return setting.valid().startsWith("on or off");
        }

        public boolean isOn() {
            return value.equals("on");
        }

        /** Whether it must be given. */
        public boolean isRequired() {
            return required;
        }
    }
}
