package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.control.settings.Setting;

/** The manual's Setup Server: the form of a master or slave server. */
@Named("setup")
@RequestScoped
public class SetupPage extends SetupForm {

    @Override
    Present present(String name) {
        ServerMXBean server = control.server(name);
        Map<String, String> values = new HashMap<>();
        ServerSettings.parse(server.getSettings())
                .values()
                .forEach((setting, value) -> values.put(setting.key(), value));
        return new Present(values, server.isRunning());
    }

    @Override
    String bean() {
        return "node";
    }

    @Override
    String page() {
        return "server";
    }

    @Override
    String all() {
        return "servers";
    }

    @Override
    Setting deciding() {
        return ServerSetting.TYPE;
    }

    @Override
    List<ServerSetting> settings() {
        return List.of(ServerSetting.values());
    }

    @Override
    List<String> kinds() {
        return List.of("master", "slave");
    }
}
