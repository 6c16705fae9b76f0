package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.control.FileDigest;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
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
}
