package org.hotbackup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new user could not enter again what was in lost+found: what was exported held the record with its log entry. */
class LostItemsFolderTest {

    /** The node gives so many bytes at once. */
    private static final int AT_ONCE = 7;

    @TempDir
    Path temporary;

    private Path folder;
    private final List<UpdateContent> updates = new ArrayList<>();
    private boolean goneInTheMiddle;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("items");
    }

    private void holds(String operation, String file, byte[] id, String item, byte[] content) {
        updates.add(new UpdateContent(
                updates.size() + 1,
                operation,
                file,
                item,
                id,
                content == null ? UpdateContent.NO_CONTENT : content.length,
                0,
                content == null ? new byte[0] : content));
    }

    private void holds(String operation, String file, String item, String content) {
        holds(operation, file, item.getBytes(UTF_8), item, content == null ? null : content.getBytes(UTF_8));
    }

    private LostAndFoundMXBean lostAndFound() {
        return (LostAndFoundMXBean) Proxy.newProxyInstance(
                LostAndFoundMXBean.class.getClassLoader(),
                new Class<?>[] {LostAndFoundMXBean.class},
                (proxy, method, given) -> {
                    assertThat(method.getName()).isEqualTo("contents");
                    return page((String) given[0], (int) given[1], (int) (long) given[2]);
                });
    }

    private List<UpdateContent> page(String id, int after, int offset) {
        if (goneInTheMiddle && after > 0) {
            throw new Refusal(MessageCode.NO_LOST_ITEM, id);
        }
        List<UpdateContent> page = new ArrayList<>();
        int room = AT_ONCE;
        for (int i = after; i < updates.size() && room > 0; i++) {
            UpdateContent whole = updates.get(i);
            int from = i == after ? offset : 0;
            int to = Math.min(whole.content().length, from + room);
            room -= to - from;
            page.add(new UpdateContent(
                    whole.number(),
                    whole.operation(),
                    whole.file(),
                    whole.item(),
                    whole.itemBytes(),
                    whole.bytes(),
                    from,
                    Arrays.copyOfRange(whole.content(), from, to)));
        }
        return page;
    }

    @Test
    void shouldWriteEachItemByteForByteAndAnIndex() throws Exception {
        byte[] any = {0, (byte) 0xFE, (byte) 0xFF, '\r', '\n', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        holds("write", "shop,orders", "4711", "short");
        holds("write", "dict shop,orders", new byte[] {(byte) 0xE4, '/'}, "\\xE4/", any);
        holds("delete", "shop,orders,open", "../../etc, \"x\"", null);
        holds("create-file", "shop,new", "", "DL");
        holds("create-account", "shop,,", "", "DL");
        holds("write", "shop,,", "list", "");
        holds("removed", "", "", "in the way");

        int written = new LostItemsFolder(folder).write(lostAndFound(), "id");

        assertThat(written).isEqualTo(7);
        assertThat(Files.readString(folder.resolve("index.csv")).split("\r\n"))
                .containsExactly(
                        "number,operation,account,file,id,content,rest",
                        "1,write,shop,orders,4711,000001-4711,accounts/shop/files/orders/items/4711",
                        "2,write,shop,dict orders,\\xE4/,000002-_xE4_,accounts/shop/files/dict%20orders/items/%E4%2F",
                        "3,delete,shop,\"orders,open\",\"../../etc, \"\"x\"\"\",,accounts/shop/files/orders%2Copen/items/%2E%2E%2F%2E%2E%2Fetc%2C%20%22x%22",
                        "4,create-file,shop,new,,000004,accounts/shop/files/new",
                        "5,create-account,shop,,,000005,accounts/shop",
                        "6,write,shop,,list,000006-list,accounts/shop/files/%2C/items/list",
                        "7,removed,,,,000007,");
        assertThat(folder.resolve("000001-4711")).hasContent("short");
        assertThat(folder.resolve("000002-_xE4_")).hasBinaryContent(any);
        assertThat(folder.resolve("000006-list")).isEmptyFile();
        assertThat(folder.resolve("000007")).hasContent("in the way");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(7);
        }
    }

    @Test
    void shouldTouchNothingThatIsThereAlready() throws Exception {
        holds("write", "shop,orders", "4711", "short");
        Files.createDirectory(folder);
        Path mine = Files.writeString(folder.resolve("000001-4711"), "mine");

        assertThatThrownBy(() -> new LostItemsFolder(folder).write(lostAndFound(), "id"))
                .hasMessage("'" + folder + "' cannot be written: there is something of this name already.");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void shouldLeaveNothingIfTheRecordGoesMeanwhile() {
        holds("write", "shop,orders", "4711", "longer than one page");
        holds("write", "shop,orders", "4712", "never given");
        goneInTheMiddle = true;

        assertThatThrownBy(() -> new LostItemsFolder(folder).write(lostAndFound(), "id"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("in lost+found");
        assertThat(folder).doesNotExist();
    }
}
