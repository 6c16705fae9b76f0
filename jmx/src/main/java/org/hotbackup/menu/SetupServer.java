package org.hotbackup.menu;

/** The manual's Setup Server (HB-050 to HB-062). */
final class SetupServer {

    private SetupServer() {}

    static Choice newServer() {
        return new Choice("New Server", "", session -> {});
    }
}
