package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The {@code hot-backup} script, beside a bundle that holds the command and nothing else. */
class LaunchScriptTest {

    @TempDir
    Path top;

    @BeforeEach
    void layOut() throws Exception {
        Files.copy(Path.of("..", "hot-backup"), top.resolve("hot-backup"));
        for (String module : new String[] {"jmx", "ejb", "jms-bridge", "web-admin", "ear"}) {
            Files.createDirectories(top.resolve(module));
        }
        Files.writeString(top.resolve("pom.xml"), "");
        Files.writeString(top.resolve("ear/pom.xml"), "");
        Path bundle = Files.createDirectories(top.resolve("ear/target/hot-backup"));
        Path cli = Files.createDirectories(bundle.resolve("cli"));
        Files.createSymbolicLink(cli.resolve("picocli.jar"), placeOf(CommandLine.class));
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        cli.resolve("jmx.jar").toString(),
                        "-C",
                        placeOf(HotBackup.class).toString(),
                        ".");
        assertThat(status).isZero();
        Files.createDirectories(bundle.resolve("app"));
        Files.writeString(bundle.resolve("app/hot-backup.war"), "");
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** What a shell gets that runs this line with this locale; the bytes of the line are UTF-8 whatever ours is. */
    private String shell(String line, Map<String, String> locale) throws IOException, InterruptedException {
        Path script = Files.writeString(top.resolve("line.sh"), line, StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .directory(top.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOTBACKUP_HOME", top.resolve("homes").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return text.strip();
    }

    /** As cron calls it: what is not ASCII came to Java as question marks. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LANG=C", "LANG=xx_XX.UTF-8", "LC_CTYPE=C.UTF-8", "NONE=x"})
    void shouldTakeArgumentsAsUtf8InALocaleThatKnowsAsciiOnly(String locale) throws Exception {
        String[] setting = locale.split("=");

        assertThat(shell("./hot-backup node start Zürich", Map.of(setting[0], setting[1])))
                .isEqualTo("There is no node 'Zürich'; see hot-backup node list.");
    }

    @Test
    void shouldLeaveAlocaleThatKnowsMoreThanAscii() throws Exception {
        Path bin = Files.createDirectory(top.resolve("bin"));
        Files.writeString(bin.resolve("locale"), "#!/bin/sh\necho ISO-8859-1\n");
        Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"openjdk version \\\"17.0.1\\\" LC_ALL=$LC_ALL.\"\n");
        for (String program : new String[] {"locale", "java"}) {
            assertThat(bin.resolve(program).toFile().setExecutable(true)).isTrue();
        }

        assertThat(shell("PATH=" + bin + ":$PATH; JAVA_HOME=" + top + "; ./hot-backup", Map.of("LC_ALL", "de_DE")))
                .endsWith("LC_ALL=de_DE.");
    }

    private static final String NO_NODE = "There is no node 'x'; see hot-backup node list.";

    /** From any folder, by its path, in PATH, or through links to links, with blanks in all of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd / && '%s/my tools/hot-backup' node start x",
                "cd 'my tools' && ./hot-backup node start x",
                "cd 'my tools' && sh hot-backup node start x",
                "PATH='%s/my tools':$PATH; cd / && hot-backup node start x",
                "ln -s '../my tools/hot-backup' 'some bin/hb'; PATH='%s/some bin':$PATH; cd / && hb node start x",
                "ln -s '%s/my tools/hot-backup' one; ln -s one 'a link'; cd 'some bin' && '../a link' node start x",
                "CDPATH=/tmp; export CDPATH; cd 'some bin' && '../my tools/hot-backup' node start x"
            })
    void shouldRunFromAnywhere(String line) throws Exception {
        Path blanks = Files.createDirectory(top.resolve("my tools"));
        Files.createDirectory(top.resolve("some bin"));
        for (String name : new String[] {"hot-backup", "jmx", "ejb", "jms-bridge", "web-admin", "pom.xml", "ear"}) {
            Files.move(top.resolve(name), blanks.resolve(name));
        }

        assertThat(shell(line.replace("%s", top.toString()), Map.of())).isEqualTo(NO_NODE);
    }

    @Test
    void shouldTakeTheJavaInThePathWithoutJavaHome() throws Exception {
        String line = "PATH=$JAVA_HOME/bin:$PATH; unset JAVA_HOME; ./hot-backup node start x";

        assertThat(shell(line, Map.of())).isEqualTo(NO_NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/etc/passwd", "my java"})
    void shouldSayThatJavaHomeIsWrong(String javaHome) throws Exception {
        assertThat(shell("JAVA_HOME='" + javaHome + "'; ./hot-backup node start x", Map.of()))
                .isEqualTo(
                        "JAVA_HOME is '" + javaHome + "', and there is no Java in it; set it to the folder of a JDK 17"
                                + " or newer, or unset it.");
    }

    @Test
    void shouldSayHowToGetAJava() throws Exception {
        Path bin = Files.createDirectory(top.resolve("bin"));
        for (String program : new String[] {"sh", "dirname", "readlink", "locale"}) {
            shell("ln -s \"$(command -v " + program + ")\" bin/" + program, Map.of());
        }

        assertThat(shell("unset JAVA_HOME; PATH='" + bin + "'; ./hot-backup node start x", Map.of()))
                .isEqualTo(
                        "There is no Java; install a JDK 17 or newer, for example: apt-get install openjdk-17-jdk-headless");
    }

    @Test
    void shouldSayThatAJavaIsTooOld() throws Exception {
        Path bin = Files.createDirectories(top.resolve("old java/bin"));
        Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_412\"' >&2\n");
        assertThat(bin.resolve("java").toFile().setExecutable(true)).isTrue();

        assertThat(shell("JAVA_HOME='" + top + "/old java'; ./hot-backup node start x", Map.of()))
                .isEqualTo("Java 8 is too old; Hot Backup needs a JDK 17 or newer.");
    }

    /** What a script tells apart. */
    @Test
    void shouldGiveTheExitStatusToTheShell() throws Exception {
        assertThat(shell("./hot-backup node start x; echo $?; ./hot-backup xyzzy 2>/dev/null; echo $?", Map.of()))
                .isEqualTo(NO_NODE + "\n1\n2");
    }
}
