package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A job of the node: each run of a server is one (HB-171).
 *
 * @param id its item id in {@code dm,jobs}; ids are in the order of time
 * @param status c completed, e ended with an error, l logged off with the node, q queued, r running
 * @param pib the Pick port on which it ran, -1 as long as it did not
 * @param pid the operating system's id of its process, -1 as long as it did not run
 * @param startedAt when it began to run, ISO-8601 in UTC; empty as long as it did not
 * @param endedAt when it ended, ISO-8601 in UTC; empty as long as it did not
 * @param command what it runs
 */
public record Job(String id, String status, long pib, long pid, String startedAt, String endedAt, String command) {

    /** For MXBean tools. */
    @ConstructorParameters({"id", "status", "pib", "pid", "startedAt", "endedAt", "command"})
    public Job {}

    public String getId() {
        return id;
    }

    public String getStatus() {
        return status;
    }

    public long getPib() {
        return pib;
    }

    public long getPid() {
        return pid;
    }

    public String getStartedAt() {
        return startedAt;
    }

    public String getEndedAt() {
        return endedAt;
    }

    public String getCommand() {
        return command;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format("%-12s %-1s  PIB %-6s PID %-8s %s", id, status, known(pib), known(pid), command);
    }

    private static String known(long number) {
        return number < 0 ? "" : Long.toString(number);
    }
}
