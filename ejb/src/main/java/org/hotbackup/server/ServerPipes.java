package org.hotbackup.server;

import java.nio.file.Path;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.pipe.NamedPipe;

/**
 * The pipes of tape-socket servers.
 *
 * @param folder where those are that are given without one
 */
record ServerPipes(Path folder) {

    /** Where the pipe of a server is, whether it is there or not. */
    Path path(TapeServer server) {
        return folder.resolve(given(server));
    }

    private static String given(TapeServer server) {
        return server.settings().get(TapeSetting.PIPE);
    }

    /**
     * The pipe of a server, which is made if it is one of the folder's and not there.
     *
     * @param all servers, none of which may run on the same pipe
     * @throws Refusal if there is none, or if it is taken
     */
    NamedPipe open(TapeServer server, List<TapeServer> all) {
        String given = given(server);
        NamedPipe pipe = given.startsWith("/") ? NamedPipe.at(Path.of(given)) : NamedPipe.in(folder, given);
        refuseTaken(server, pipe, all);
        return pipe;
    }

    /** Two that read one pipe would each have some of its blocks, two that write one would mix theirs. */
    private void refuseTaken(TapeServer server, NamedPipe pipe, List<TapeServer> all) {
        all.stream()
                .filter(other -> other != server && other.isRunning())
                .filter(other -> !other.settings().isLinked()
                        && other.settings().isOutput() == server.settings().isOutput())
                .filter(other -> pipe.isAt(path(other)))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(MessageCode.PIPE_TAKEN, pipe.path(), other.name());
                });
    }
}
