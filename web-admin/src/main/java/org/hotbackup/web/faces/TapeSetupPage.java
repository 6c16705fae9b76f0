package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.settings.Setting;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;

/** The form of an output or input server of tape-socket (TS-008). */
@Named("tapeSetup")
@RequestScoped
public class TapeSetupPage extends SetupForm {

    /** What a server has not that writes tapes of its own node: startlog makes those. */
    private static final Set<TapeSetting> OF_THE_LINE =
            Set.of(TapeSetting.HOST, TapeSetting.PORT, TapeSetting.CALL_ATTEMPTS, TapeSetting.INSECURE);

    @Override
    Present present(String name) {
        TapeServerMXBean server = control.tapeServer(name);
        Map<String, String> values = new HashMap<>();
        TapeSettings.parse(server.getSettings()).values().forEach((setting, value) -> values.put(setting.key(), value));
        return new Present(values, server.isRunning());
    }

    @Override
    String bean() {
        return "tapeSocket";
    }

    @Override
    String page() {
        return "tape";
    }

    @Override
    String all() {
        return "tapes";
    }

    @Override
    Setting deciding() {
        return TapeSetting.DIRECTION;
    }

    /** A server that is linked to the transaction logger has no pipe. */
    @Override
    List<TapeSetting> settings() {
        boolean linked = value(TapeSetting.LINKED).equals("on");
        boolean kept = !value(TapeSetting.TAPE).isEmpty();
        return Stream.of(TapeSetting.values())
                .filter(setting -> kept ? !OF_THE_LINE.contains(setting) : setting != TapeSetting.TAPE)
                .filter(setting -> setting != TapeSetting.PIPE || !linked)
                .toList();
    }

    @Override
    boolean isRequired(Setting setting) {
        return super.isRequired(setting) && setting != TapeSetting.PIPE;
    }

    @Override
    List<String> kinds() {
        return List.of("output", "input");
    }
}
