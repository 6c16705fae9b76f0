package org.hotbackup.web.faces;

import org.hotbackup.control.TapeServerMXBean;

/** One tape-socket server as the page shows it. Faces sees it, nobody else should. */
public final class TapeRow {

    private static final String NONE = "\u2013";

    private final TapeServerMXBean server;

    TapeRow(TapeServerMXBean server) {
        this.server = server;
    }

    public String getName() {
        return server.getName();
    }

    /** Whether it sends; if not, it receives. */
    public boolean isOutput() {
        return server.getDirection().equals("Output");
    }

    public String getDirection() {
        return server.getDirection();
    }

    public boolean isRunning() {
        return server.isRunning();
    }

    public String getStatus() {
        return server.getStatus();
    }

    /** Why one side refuses the other; empty if that is not so. */
    public String getRefusal() {
        return server.getRefusal();
    }

    public String getPeer() {
        return orNone(server.getPeer());
    }

    public int getPort() {
        return server.getTcpPort();
    }

    public String getPipe() {
        return server.getPipe();
    }

    /** The last block that was sent or received; a dash if it does not run. */
    public String getBlock() {
        return isRunning() ? Figures.counter(server.getCurrentBlock()) : NONE;
    }

    /** The last one in the pipe of the input server; a dash if it does not run. */
    public String getWritten() {
        return isRunning() ? Figures.counter(server.getWrittenBlock()) : NONE;
    }

    public String getTapes() {
        return Figures.counter(server.getTapesTotal());
    }

    public String getBytes() {
        return Figures.size(server.getBytesTotal());
    }

    public String getReconnects() {
        return Figures.counter(server.getReconnectsTotal());
    }

    /** How far the clock of the input server is ahead; a dash if that was not compared. */
    public String getClock() {
        return orNone(server.getClockDifference());
    }

    public String getLastMessage() {
        return Figures.withTimes(server.getLastMessage());
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
