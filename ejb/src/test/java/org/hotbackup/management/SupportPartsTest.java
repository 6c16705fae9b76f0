package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.SupportPart;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportPartsTest {

    private static final String SECRET = "c2VjcmV0LW9mLWxvY2Fs";
    private static final int LOG_BYTES = 600 << 10;

    @TempDir
    Path folder;

    /** Every bean says its method's name, lists are empty, the comparison cannot be asked. */
    private static Object said(Method method) {
        if (method.getName().equals("getServerNames")) {
            return List.of("todev");
        }
        if (method.getName().equals("query")) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, "todev");
        }
        Class<?> type = method.getReturnType();
        if (type == String.class) {
            return method.getName().equals("getServerType") ? "Master" : method.getName() + " says " + SECRET;
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 7 : (Object) 7L;
    }

    private static ControlDirectory directory() {
        return proxy(ControlDirectory.class, true);
    }

    private static <T> T proxy(Class<T> type, boolean ofBeans) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> ofBeans ? proxy(method.getReturnType(), false) : said(method)));
    }

    private List<SupportPart> parts() {
        NodeSettings settings = NodeSettings.of(key ->
                Optional.ofNullable(Map.of(NodeSetting.NODE_NAME.key(), "prod", NodeSetting.LOCAL_SECRET.key(), SECRET)
                        .get(key)));
        return SupportParts.of(directory(), settings, folder.resolve("node.log"));
    }

    private static String text(List<SupportPart> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
    }

    @Test
    void shouldHoldWhatIsNeededAndNoSecret() throws IOException {
        Files.writeString(folder.resolve("node.log"), "a line with " + SECRET + "\n");

        List<SupportPart> parts = parts();

        assertThat(parts)
                .extracting(SupportPart::name)
                .contains(
                        "diagnosis.txt",
                        "settings.txt",
                        "servers/todev.txt",
                        "verify/todev.txt",
                        "permanent-log.txt",
                        "node.log",
                        "samples/lag-time-todev.csv",
                        "samples/disk-free.csv")
                .doesNotContain("samples/pending-updates-todev.csv");
        assertThat(text(parts, "settings.txt")).contains("hotbackup.node.name=prod", "hotbackup.local.secret=(hidden)");
        assertThat(text(parts, "servers/todev.txt"))
                .contains("LagMillis=7", "show says", MessageCode.SERVER_NOT_RUNNING.text("todev"));
        assertThat(text(parts, "node.log")).isEqualTo("a line with (hidden)\n");
        assertThat(parts).extracting(SupportPart::text).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void shouldHoldTheEndOfALongLogAndSayThatThereIsNone() throws IOException {
        assertThat(text(parts(), "node.log")).contains("node.log");

        Files.writeString(folder.resolve("node.log"), "line\n".repeat(LOG_BYTES / 5) + "last\n");
        assertThat(text(parts(), "node.log"))
                .startsWith("line\n")
                .endsWith("last\n")
                .hasSizeLessThan(LOG_BYTES);
    }

    @Test
    void shouldBeAFileForEachPart() throws IOException {
        List<SupportPart> parts = List.of(new SupportPart("a.txt", "\u00e4"), new SupportPart("servers/b.txt", ""));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SupportPart.zip(parts, out);

        List<SupportPart> read = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read.add(new SupportPart(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        assertThat(read).isEqualTo(parts);
        assertThat(SupportPart.text(parts).lines()).containsExactly("==== a.txt", "\u00e4", "==== servers/b.txt");
    }
}
