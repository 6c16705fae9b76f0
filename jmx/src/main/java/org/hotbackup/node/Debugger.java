package org.hotbackup.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Where a node listens for a Java debugger (JDWP), for tests only (HB-131). Who comes in there can do everything, and no
 * password is asked for: so it is on loopback or not at all.
 *
 * @param port TCP port on 127.0.0.1
 */
public record Debugger(int port) {

    private static final Pattern ADDRESS = Pattern.compile("(?:(.*):)?([0-9]{1,5})");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
    private static final String FILE = "debugger.txt";

    /**
     * The port that somebody wants.
     *
     * @param text {@code PORT} or {@code 127.0.0.1:PORT}; empty for one that is free
     * @throws Refusal if it is another machine's address, no port, or in use
     */
    public static Debugger at(String text) {
        if (text.isEmpty()) {
            return new Debugger(Ports.free(Set.of()));
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || address.group(1) != null && !LOOPBACK.contains(address.group(1))) {
            throw new Refusal(MessageCode.DEBUGGER_NOT_LOOPBACK, text);
        }
        int port = Integer.parseInt(address.group(2));
        if (!Ports.isPort(port)) {
            throw new Refusal(MessageCode.PORT_OUT_OF_RANGE, port, "debugger", "--debug=PORT");
        }
        if (!Ports.isFree(port)) {
            throw new Refusal(MessageCode.PORT_IN_USE, port, "debugger", "--debug=PORT");
        }
        return new Debugger(port);
    }

    /** The debugger of a node that runs, empty if it was started without. */
    public static Optional<Debugger> of(NodeHome home) {
        Path file = home.run().resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(new Debugger(Integer.parseInt(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, file, e.getMessage());
        }
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** What {@code java} is called with. */
    String jvmOption() {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=" + address();
    }

    /** Remembers it in the run folder, which is made anew at each start. */
    void keep(NodeHome home) throws IOException {
        Files.writeString(home.run().resolve(FILE), Integer.toString(port), StandardCharsets.US_ASCII);
    }
}
