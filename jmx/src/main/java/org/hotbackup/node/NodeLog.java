package org.hotbackup.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;

/** What a node's log tells the command that starts the node, about Payara as well as the application. */
record NodeLog(Path file) {

    /** The process may stay. */
    private static final List<String> CANNOT_RUN = List.of(
            MessageCode.STORE_IN_USE.id() + " ",
            MessageCode.STORE_UNUSABLE.id() + " ",
            "Exception while deploying the app",
            "Exception while loading the app",
            "Deployment failed");

    private static final List<String> DEPLOYED = List.of("\"Instance Configuration\"");
    private static final List<String> LISTENING = List.of("[NCLS-CORE-00101]");

    /** A message of the catalogue, as far as its sentence goes. */
    private static final Pattern MESSAGE = Pattern.compile("HB[0-9]{4} ([^\\n]*?\\.)(?: |$)");

    boolean saysItCannotRun() throws IOException {
        return hasAny(CANNOT_RUN);
    }

    /** Whether the application is there; Payara begins to listen then. */
    boolean isDeployed() throws IOException {
        return hasAny(DEPLOYED);
    }

    /** Whether Payara listens for HTTP; that it could not, since the port was taken, it does not say. */
    boolean isListening() throws IOException {
        return hasAny(LISTENING);
    }

    /** The sentence of the first message of the catalogue. */
    Optional<String> firstSentence() throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(MESSAGE::matcher)
                    .filter(Matcher::find)
                    .map(matcher -> matcher.group(1))
                    .findFirst();
        }
    }

    private boolean hasAny(List<String> texts) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> texts.stream().anyMatch(line::contains));
        }
    }
}
