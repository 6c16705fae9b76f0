package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageDigestTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldBeWhatTheContractSays(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            assertThat(open.store.digest(file).sha256())
                    .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
            Map<ItemId, byte[]> image = new TreeMap<>();
            List<Update> updates = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                byte[] body = ("body" + i).repeat(i % 50).getBytes(StandardCharsets.UTF_8);
                image.put(ItemId.of("item" + i), body);
            }
            image.put(ItemId.of(new byte[] {(byte) 0xFA}), new byte[2 * ItemTable.INLINE_BYTES + 1]);
            image.put(ItemId.of(new byte[] {0}), new byte[0]);
            image.forEach((id, body) -> updates.add(new Update.ItemWritten(file, id, body)));
            open.execute(updates);

            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            for (Map.Entry<ItemId, byte[]> item : image.entrySet()) {
                data.writeInt(item.getKey().length());
                data.write(item.getKey().bytes());
                data.writeInt(item.getValue().length);
                data.write(item.getValue());
            }
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
            assertThat(open.store.digest(file))
                    .isEqualTo(new FileDigest("a,f", image.size(), bytes.size() - 8L * image.size(), expected));
        }
    }

    /** A user whose disk was full was told of an EJBException. */
    @ParameterizedTest
    @EnumSource
    void shouldSayThatTheStoreCannotBeRead(TestDatabase database) throws Exception {
        DatabaseWithOutages source = new DatabaseWithOutages(database.create(folder));
        try (OpenStore open = OpenStore.on(source)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            source.away(true);

            assertThatThrownBy(() -> open.store.digest(file))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("File 'a,f' could not be read from the store: connection refused; see ");

            source.away(false);
            assertThat(open.store.digest(file).items()).isZero();
        }
    }

    /** It only reads: neither the reserve nor a disk without a byte left may keep it from that. */
    @Test
    void shouldNeedNoRoomOnTheDisk() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", folder.toString()), "may not mount a disk");
        try (OpenStore open = OpenStore.create(TestDatabase.H2, folder)) {
            open.createAccount("a");
            FilePath file = open.createFile("a,f", "D");
            open.execute(IntStream.range(0, 3_000)
                    .<Update>mapToObj(i -> new Update.ItemWritten(file, ItemId.of("i" + i), new byte[1_000]))
                    .toList());
            FileDigest before = open.store.digest(file);
            open.diskFree.set(0);
            fill(folder);

            assertThat(open.store.digest(file)).isEqualTo(before);
            assertThatThrownBy(() -> open.write(file, "more", new byte[1]))
                    .isInstanceOf(Refusal.class)
                    .extracting(e -> ((Refusal) e).code())
                    .isEqualTo(MessageCode.STORE_FULL);
            assertThat(open.store.digest(file)).isEqualTo(before);
            Files.delete(folder.resolve("filler"));
        } finally {
            run("umount", folder.toString());
        }
    }

    private static void fill(Path disk) throws IOException {
        byte[] block = new byte[4096];
        try (FileChannel filler =
                FileChannel.open(disk.resolve("filler"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(disk).getUsableSpace() > 0) {
                filler.write(ByteBuffer.wrap(block));
            }
        } catch (IOException e) {
            assertThat(Files.getFileStore(disk).getUsableSpace())
                    .as(e.getMessage())
                    .isZero();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
