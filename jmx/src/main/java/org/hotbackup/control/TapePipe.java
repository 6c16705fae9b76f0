package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * The pipe of a tape-socket server.
 *
 * @param server the server
 * @param path where it is, the full path
 * @param kind named pipe or device; not there yet; or no pipe, if something else is there
 * @param waiting bytes in it that nobody read yet; -1 if that is not known, as of a server that does not run
 */
public record TapePipe(String server, String path, String kind, long waiting) {

    /** For MXBean tools. */
    @ConstructorParameters({"server", "path", "kind", "waiting"})
    public TapePipe {}

    public String getServer() {
        return server;
    }

    public String getPath() {
        return path;
    }

    public String getKind() {
        return kind;
    }

    public long getWaiting() {
        return waiting;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                "%-8s  %s  %s", server, path, kind + (waiting < 0 ? "" : ", " + waiting + " bytes not read"));
    }
}
