package org.hotbackup.jms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a node's keys as {@code hot-backup node create} does, with the JDK's keytool. */
final class TestKeys {

    static final String PASSWORD = "only for this test";

    private static final Map<String, Path> MADE = new HashMap<>();

    private TestKeys() {}

    /** Keys of a node; the same for every node of this name in this JVM, because making them takes its time. */
    static synchronized NodeKeys make(Path home, String name) throws IOException, InterruptedException {
        if (!MADE.containsKey(name)) {
            Path first = Files.createTempDirectory("keys");
            makeAnew(first, name);
            MADE.put(name, first.resolve("keys"));
        }
        Path folder = folder(home);
        for (String file : List.of("node.p12", "node.pem")) {
            Files.copy(MADE.get(name).resolve(file), folder.resolve(file));
        }
        return new NodeKeys(folder, PASSWORD);
    }

    /** Keys that nobody else has. */
    static NodeKeys makeAnew(Path home, String name) throws IOException, InterruptedException {
        return makeAnew(home, name, "-1d", 3650);
    }

    /** The id of the node of this name. */
    static String nodeId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    /** Keys whose certificate is valid from a day as keytool writes it, for so many days. */
    static NodeKeys makeAnew(Path home, String name, String from, int days) throws IOException, InterruptedException {
        Path folder = folder(home);
        String store = folder.resolve("node.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-startdate",
                from,
                "-validity",
                Integer.toString(days),
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=URI:urn:uuid:" + nodeId(name),
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "node",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-file",
                folder.resolve("node.pem").toString());
        return new NodeKeys(folder, PASSWORD);
    }

    private static Path folder(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("keys"));
        Files.createDirectories(folder.resolve("trusted"));
        return folder;
    }

    static void trust(Path home, Path peerHome, String peer) throws IOException {
        Files.copy(
                peerHome.resolve("keys").resolve("node.pem"),
                home.resolve("keys").resolve("trusted").resolve(peer + ".pem"));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
