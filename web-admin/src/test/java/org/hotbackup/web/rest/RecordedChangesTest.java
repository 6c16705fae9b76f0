package org.hotbackup.web.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hotbackup.control.Caller;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.StoreAudit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.junit.jupiter.api.Test;

/** What REST changes of accounts and files is recorded around the change; what it changes of items is not. */
class RecordedChangesTest {

    private final List<String> happened = new ArrayList<>();
    private final AccountsResource accounts = new AccountsResource();
    private final FilesResource files = new FilesResource();
    private final TransactionsResource transactions = new TransactionsResource();

    RecordedChangesTest() {
        ItemStore store = (ItemStore) Proxy.newProxyInstance(
                ItemStore.class.getClassLoader(), new Class<?>[] {ItemStore.class}, (proxy, method, arguments) -> {
                    FileDefinition file = new FileDefinition(7, FilePath.parse("a,b"), Definitions.pointer(json("{}")));
                    if (method.getName().equals("file")) {
                        return Optional.of(file);
                    }
                    happened.add(method.getName());
                    return method.getReturnType() == FileDefinition.class ? file : null;
                });
        StoreAudit audit = new StoreAudit() {
            @Override
            public <T> T record(String operation, String arguments, Supplier<T> change) {
                happened.add("begin " + operation + " " + arguments);
                T answer = change.get();
                happened.add("end");
                return answer;
            }

            @Override
            public void refused(Caller caller, String method, String path, Refusal refusal) {
                throw new UnsupportedOperationException();
            }
        };
        accounts.store = store;
        accounts.audit = audit;
        files.store = store;
        files.audit = audit;
        transactions.store = store;
        transactions.audit = audit;
    }

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void shouldRecordWhatChangesAnAccount() {
        accounts.create("x", json("{}"));
        accounts.delete("x", "x");
        assertThat(happened)
                .containsExactly(
                        "begin createAccount account=x",
                        "createAccount",
                        "end",
                        "begin deleteAccount account=x",
                        "deleteAccount",
                        "end");
    }

    /** One word in a path emptied a file. */
    @Test
    void shouldClearNoFileThatIsNotNamedOnceMore() {
        files.create("a", "b", json("{}"));
        happened.clear();

        assertThatThrownBy(() -> files.clear("a", "b", null))
                .hasMessage(MessageCode.CONFIRM_BY_NAME.text("b", "nothing"));
        assertThat(happened).isEmpty();
    }

    @Test
    void shouldRecordWhatChangesAFile() {
        files.create("a", "b", json("{}"));
        files.redefine("a", "b", json("{\"modulo\":7}"));
        files.clear("a", "b", "b");
        files.delete("a", "b", "b");
        assertThat(happened)
                .containsExactly(
                        "begin createFile file=a,b",
                        "createFile",
                        "end",
                        "begin redefineFile file=a,b",
                        "redefineFile",
                        "end",
                        "begin clearFile file=a,b",
                        "clearFile",
                        "end",
                        "begin deleteFile file=a,b",
                        "deleteFile",
                        "end");
    }

    @Test
    void shouldRecordNothingThatIsNotBegun() {
        assertThatThrownBy(() -> files.delete("a", "b", "c")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> files.create("a", "b", json("{"))).isInstanceOf(Refusal.class);
        assertThat(happened).isEmpty();
    }

    @Test
    void shouldNameTheDefinitionsThatATransactionChanges() {
        transactions.execute(
                null,
                json("{\"updates\":[{\"op\":\"create-account\",\"account\":\"a\"},"
                        + "{\"op\":\"write\",\"file\":\"a,b\",\"id\":\"i\",\"body\":\"\"},"
                        + "{\"op\":\"clear\",\"file\":\"a,b\"}]}"));
        assertThat(happened)
                .containsExactly(
                        "begin executeTransaction definitions=2 (create-account a,,; clear a,b)", "execute", "end");
    }

    @Test
    void shouldNotRecordItems() {
        transactions.execute(null, json("{\"updates\":[{\"op\":\"delete\",\"file\":\"a,b\",\"id\":\"i\"}]}"));
        assertThat(happened).containsExactly("execute");
    }
}
