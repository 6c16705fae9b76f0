package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;

/** Where another server than the current one is chosen or set up (TS-003). */
final class OtherServer extends Menu {

    private OtherServer(Session session) {
        super("Other Server", choices(session));
    }

    static void open(Session session) {
        session.open(new OtherServer(session));
    }

    private static List<Choice> choices(Session session) {
        List<Choice> choices = new ArrayList<>();
        session.servers().stream()
                .filter(name -> !name.equals(session.server()))
                .map(name -> new Choice(Text.safe(name), "Works with this server from now on", s -> s.change(name)))
                .forEach(choices::add);
        choices.add(SetupServer.newServer());
        return choices;
    }

    @Override
    public void serversChanged(Session session) {
        set(choices(session));
    }
}
