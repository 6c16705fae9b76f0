package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;

/** Where the current server is chosen, and the first one set up (HB-041, HB-042). Nobody stops here if there is only one. */
final class ServerSelection implements Page {

    private Menu menu = of(List.of());

    private static Menu of(List<String> names) {
        if (names.isEmpty()) {
            return new Menu("Setup Server", List.of(SetupServer.newServer()));
        }
        return new Menu(
                "Select Server", names.stream().map(ServerSelection::choice).toList());
    }

    private static Choice choice(String name) {
        return new Choice(Text.safe(name), "", session -> session.select(name));
    }

    private void set(List<String> names) {
        Menu made = of(names);
        if (made.title().equals(menu.title())) {
            menu.set(made.choices());
        } else {
            menu = made;
        }
    }

    @Override
    public void enter(Session session) {
        session.deselect();
        set(session.servers());
    }

    /** The only one is chosen at once (HB-042). */
    @Override
    public void serversChanged(Session session) {
        set(session.servers());
        if (session.servers().size() == 1) {
            session.select(session.servers().get(0));
        }
    }

    @Override
    public boolean isPassed(Session session) {
        return session.servers().size() == 1;
    }

    @Override
    public Optional<Menu> menu() {
        return Optional.of(menu);
    }

    @Override
    public String title() {
        return menu.title();
    }

    @Override
    public View view(int columns, int rows) {
        return menu.view(columns, rows);
    }

    @Override
    public void press(Key key, Session session) {
        menu.press(key, session);
    }

    @Override
    public String keys() {
        return menu.keys();
    }
}
