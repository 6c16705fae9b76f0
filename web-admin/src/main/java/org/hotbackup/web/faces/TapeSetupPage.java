package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.settings.Setting;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;

/** The form of an output or input server of tape-socket (TS-008). */
@Named("tapeSetup")
@RequestScoped
public class TapeSetupPage extends SetupForm {

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
        boolean linked = given(TapeSetting.LINKED.key()).equals("on");
        return Stream.of(TapeSetting.values())
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
