package org.hotbackup.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives Arquillian a node to start: a home of its own, and the bundle's Payara Micro as one jar, which is what the
 * container adapter knows how to call. Comes before {@code ArquillianExtension}; does nothing inside the container.
 */
final class MicroNode implements BeforeAllCallback {

    private static final String PORT = "hotbackup.container.port";
    private static final String BRANDING = "MICRO-INF/domain/branding/glassfish-version.properties";
    private static final String VERSION =
            "product_name=Payara Micro\nmajor_version=6\nminor_version=2025\nupdate_version=1\npayara_version=6.2025\n"
                    + "payara_update_version=1\n";

    /** The engine without its web module, as a WAR to which Arquillian adds the test. */
    static WebArchive engine() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "in-container.war");
        try (ZipInputStream bundled =
                new ZipInputStream(Files.newInputStream(Bundle.ofSystem().war()))) {
            for (ZipEntry entry = bundled.getNextEntry(); entry != null; entry = bundled.getNextEntry()) {
                boolean ofTheEngine = entry.getName().startsWith("WEB-INF/lib/")
                        || entry.getName().equals("WEB-INF/ejb-jar.xml")
                        || entry.getName().equals("WEB-INF/beans.xml");
                if (ofTheEngine && !entry.isDirectory()) {
                    war.add(new ByteArrayAsset(bundled.readAllBytes()), entry.getName());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bundle's WAR cannot be read", e);
        }
        return war;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (isInside()) {
            return;
        }
        // left for who wants to look, and because the container may still be writing when the tests are over
        Path folder = Path.of("target", "in-container").toAbsolutePath();
        Folders.delete(folder);
        Files.createDirectories(folder);
        Bundle bundle = Bundle.ofSystem();
        NodeHome home =
                TestNode.create(new NodeHomes(folder), "inside", StoreKind.H2).home();
        NodeProcess.Call call = new NodeProcess(home).call(bundle);
        Path jar = folder.resolve("payara-micro.jar");
        write(jar, call);
        System.setProperty(PORT, Integer.toString(home.httpPort()));
        System.setProperty("payara.microJar", jar.toString());
        System.setProperty("payara.randomHttpPort", "false");
        System.setProperty("payara.autoBindHttp", "false");
        System.setProperty("payara.cmdOptions", line(call.jvmOptions()));
        System.setProperty("payara.extraMicroOptions", line(call.microOptions()));
    }

    private static boolean isInside() {
        return System.getProperty(Bundle.PROPERTY) == null;
    }

    private static String line(List<String> options) {
        return options.stream().map(option -> option.replace(" ", "\\ ")).collect(Collectors.joining(" "));
    }

    private static void write(Path jar, NodeProcess.Call call) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, NodeProcess.Call.MAIN_CLASS);
        main.put(Attributes.Name.CLASS_PATH, classPath(call.classPath()));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new ZipEntry(BRANDING));
            entries.write(VERSION.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            entries.closeEntry();
        }
    }

    /** Of {@code a.jar:b.jar}, the URLs of all jars. */
    private static String classPath(String given) {
        return Stream.of(given.split(":"))
                .map(jar -> Path.of(jar).toUri().toString())
                .collect(Collectors.joining(" "));
    }
}
