package org.hotbackup.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;

/**
 * The manual's setup form, a line for each field that applies (HB-050 to HB-062). Every value is checked at once; nothing
 * is set up before it is confirmed.
 */
final class SetupForm {

    /**
     * What somebody wants.
     *
     * @param name of the server
     * @param settings a valid value for each field that applies
     */
    record Filled(String name, Map<ServerSetting, String> settings) {

        /** As the setup operation takes them. */
        String text() {
            StringBuilder text = new StringBuilder();
            settings.forEach((setting, value) ->
                    text.append(setting.key()).append("=\"").append(value).append("\" "));
            return text.toString().strip();
        }
    }

    /** Whoever fills in the form has had enough. */
    private static final class Abandoned extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final String HELP = "?";

    private final FormTerminal terminal;
    private final Function<String, Optional<ServerSettings>> present;

    /**
     * A form.
     *
     * @param present the setup of a server of this name, empty if there is none
     */
    SetupForm(FormTerminal terminal, Function<String, Optional<ServerSettings>> present) {
        this.terminal = terminal;
        this.present = present;
    }

    /**
     * Has it filled in.
     *
     * @param given the server's name, empty to ask for it
     * @return empty if it was abandoned
     */
    Optional<Filled> fill(Optional<String> given) {
        try {
            String name = given.isPresent() ? given.get() : name();
            Map<ServerSetting, String> settings = new EnumMap<>(ServerSetting.class);
            present.apply(name).ifPresent(there -> settings.putAll(there.values()));
            do {
                fill(settings);
            } while (!isConfirmed());
            return Optional.of(new Filled(name, settings));
        } catch (Abandoned e) {
            return Optional.empty();
        }
    }

    private String name() throws Abandoned {
        String name = ask("Server name (1 to 8 letters): ", "");
        while (!ServerSettings.isName(name)) {
            terminal.say(MessageCode.SERVER_NAME_UNUSABLE.text(name));
            name = ask("Server name (1 to 8 letters): ", "");
        }
        return name;
    }

    private void fill(Map<ServerSetting, String> settings) throws Abandoned {
        String typeBefore = settings.get(ServerSetting.TYPE);
        String type = field(ServerSetting.TYPE, settings);
        if (!type.equals(typeBefore)) {
            // another type is another server: what it needs is asked for anew
            settings.keySet().removeIf(setting -> !setting.appliesTo(type));
        }
        for (ServerSetting setting : ServerSetting.values()) {
            boolean asked = setting != ServerSetting.TYPE && setting != ServerSetting.INSECURE;
            if (asked && setting.appliesTo(type)) {
                field(setting, settings);
            }
            if (setting == ServerSetting.PORT) {
                terminal.say("Protocol: inet");
            }
        }
    }

    private String field(ServerSetting setting, Map<ServerSetting, String> settings) throws Abandoned {
        String question = setting.label() + " (" + setting.valid() + "): ";
        String value = settings.getOrDefault(setting, setting.defaultValue().orElse(""));
        while (true) {
            String typed = ask(question, value).replace('"', '\'');
            try {
                settings.put(setting, setting.checked(typed));
                return settings.get(setting);
            } catch (Refusal e) {
                // a question mark behind what stood there asks for help
                boolean asked = typed.equals(value + HELP);
                terminal.say(asked ? setting.label() + ": " + setting.valid() : e.getMessage());
                value = asked ? value : "";
            }
        }
    }

    /** Yes, or no: back into the fields (HB-062). */
    private boolean isConfirmed() throws Abandoned {
        while (true) {
            switch (ask("Confirm (y/n/q): ", "").toLowerCase(Locale.ROOT)) {
                case "y" -> {
                    return true;
                }
                case "n" -> {
                    return false;
                }
                case "q" -> throw new Abandoned();
                default -> terminal.say("y sets it up, n goes back to the fields, q quits.");
            }
        }
    }

    private String ask(String question, String value) throws Abandoned {
        return terminal.ask(question, value).orElseThrow(Abandoned::new);
    }
}
