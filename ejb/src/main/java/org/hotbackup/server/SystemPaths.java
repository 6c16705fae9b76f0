package org.hotbackup.server;

import org.hotbackup.model.FilePath;

/** The files of account {@code dm} that the replication servers keep their data in (HB-170). */
final class SystemPaths {

    /** One item for each server; its id is the server's name. */
    static final FilePath DEFINITIONS = FilePath.data("dm", "hb.log");

    /** The permanent log: all messages of all servers. */
    static final FilePath PERMANENT_LOG = FilePath.data("dm", "hb.log", "log");

    /** The jobs of this node. */
    static final FilePath JOBS = FilePath.data("dm", "jobs");

    /** What comparing master and slave found: one item for each file, and one for each server. */
    static final FilePath VERIFY = FilePath.data("dm", "hb.log", "verify");

    /** The users of this node. */
    static final FilePath USERS = FilePath.data("dm", "users");

    /** Who did what. */
    static final FilePath AUDIT = FilePath.data("dm", "hb.log", "audit");

    /** One item for each tape-socket server; its id is the server's name (TS-007). */
    static final FilePath TAPE_DEFINITIONS = FilePath.data("dm", "ts.log");

    /** All messages of all tape-socket servers. */
    static final FilePath TAPE_LOG = FilePath.data("dm", "ts.log", "log");

    private SystemPaths() {}
}
