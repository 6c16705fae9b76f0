package org.hotbackup.server;

import java.time.Clock;
import org.hotbackup.control.settings.ServerSettings;

/** Servers for tests of other packages: they are set up and do not run. */
public final class ServersForTests {

    private ServersForTests() {}

    /** One that nobody is told of. */
    public static ReplicationServer stopped(String name, String settings) {
        PermanentLog log = new PermanentLog(new FilesInMemory().files(), Clock.systemUTC(), Thread::new);
        NoticeBoard nobody = new NoticeBoard((user, notice) -> {});
        return new ReplicationServer(
                ServerDefinition.of(name, ServerSettings.parse(settings), 0), log, nobody, Clock.systemUTC());
    }
}
