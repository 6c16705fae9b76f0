package org.hotbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of decisions of docs/data-model.md 4 where it counts: in a store with its log. */
@Timeout(120)
class WhatIsLoggedTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @Tag("HB-121")
    @Tag("HB-122")
    @Tag("SUB-9")
    void shouldLetXAndYAndTWinOverLAndOverAll(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            List<FilePath> never = List.of(
                    open.createFile("a,x", "DLX"), open.createFile("a,y", "DLY"), open.createFile("a,t", "DLT"));
            FilePath dl = open.createFile("a,dl", "DL");
            FilePath plain = open.createFile("a,plain", "D");

            for (LogSettings settings : List.of(OpenStore.DL_ONLY, OpenStore.ALL)) {
                open.logSettings(settings);
                for (FilePath file : never) {
                    open.write(file, "1", new byte[1]);
                    open.delete(file, "1");
                }
                open.write(dl, "1", new byte[1]);
                open.write(plain, "1", new byte[1]);

                assertThat(loggedFiles(open)).isEqualTo(settings.allFiles() ? List.of(dl, plain) : List.of(dl));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SUB-9")
    void shouldJudgeADPointerInADictionaryByItsOwnL(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.createFile("a,dl", "DL");
            open.createFile("a,plain", "D");
            FilePath ofDl = FilePath.dictionary("a", "dl");
            FilePath ofPlain = FilePath.dictionary("a", "plain");
            open.logSettings(OpenStore.DL_ONLY);

            open.write(ofDl, "section", DPointer.of("D", 7).bytes());
            assertThat(loggedFiles(open)).isEmpty();
            open.write(ofPlain, "section", DPointer.of("DL", 7).bytes());
            assertThat(loggedFiles(open)).containsExactly(ofPlain);
            open.write(ofDl, "heading", "A definition".getBytes());
            open.write(ofPlain, "heading", "A definition".getBytes());
            assertThat(loggedFiles(open)).containsExactly(ofDl);

            open.logSettings(OpenStore.ALL);
            open.write(ofDl, "section", DPointer.of("D", 7).bytes());
            assertThat(loggedFiles(open)).containsExactly(ofDl);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("HB-121")
    @Tag("SUB-10")
    void shouldNotSendTheCreationOfAFileThatIsNotDl(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.logSettings(OpenStore.DL_ONLY);
            FilePath plain = open.createFile("a,plain", "D");
            assertThat(loggedFiles(open)).isEmpty();

            // its D-pointer gets an L later: that is sent, and no creation
            open.commit(work -> open.users.redefineFile(work, plain, DPointer.of("DL", 7)));
            assertThat(updates(open)).singleElement().isInstanceOf(Update.FileRedefined.class);
            open.write(plain, "0", new byte[1]);
            assertThat(updates(open)).singleElement().isInstanceOf(Update.ItemWritten.class);
            // the last that is sent of it is that nothing of it is sent any more
            open.commit(work -> open.users.redefineFile(work, plain, DPointer.of("D", 7)));
            open.write(plain, "0", new byte[2]);
            assertThat(updates(open)).containsExactly(new Update.FileRedefined(plain, DPointer.of("D", 7)));

            open.logSettings(OpenStore.ALL);
            open.createFile("a,other", "D");
            assertThat(updates(open)).singleElement().isInstanceOf(Update.FileCreated.class);
            open.write(plain, "1", new byte[1]);
            assertThat(loggedFiles(open)).containsExactly(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SUB-9")
    void shouldSendWhatBecomesOfAnItemThatWasALoggedDPointer(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            open.createFile("a,plain", "D");
            FilePath dictionary = FilePath.dictionary("a", "plain");
            open.logSettings(OpenStore.DL_ONLY);
            for (String id : List.of("written", "deleted", "together")) {
                open.write(dictionary, id, DPointer.of("DL", 7).bytes());
            }
            assertThat(updates(open)).hasSize(3);

            open.write(dictionary, "written", DPointer.of("D", 7).bytes());
            assertThat(updates(open)).singleElement().isInstanceOf(Update.ItemWritten.class);
            open.delete(dictionary, "deleted");
            assertThat(updates(open)).containsExactly(new Update.ItemDeleted(dictionary, ItemId.of("deleted")));
            open.commit(work -> {
                open.users.execute(
                        work,
                        List.of(
                                new Update.ItemDeleted(dictionary, ItemId.of("together")),
                                new Update.ItemDeleted(dictionary, ItemId.of("written"))));
                return null;
            });
            assertThat(updates(open)).containsExactly(new Update.ItemDeleted(dictionary, ItemId.of("together")));
        }
    }

    /** A slave would keep for ever what it was sent of them. */
    @ParameterizedTest
    @EnumSource
    @Tag("SUB-9")
    void shouldSendThatLoggedFilesAreGoneWithAnAccountOrDictionaryThatIsNotLogged(TestDatabase database)
            throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.commit(work -> {
                open.users.createAccount(work, "a", DPointer.of("D", 1));
                return null;
            });
            FilePath dl = open.createFile("a,dl", "DL");
            open.createFile("a,plain", "D");
            FilePath section = open.createFile("a,plain,logged", "DL");
            open.createFile("a,other", "D");
            FilePath withOther = open.createFile("a,other,logged", "DL");
            open.logSettings(OpenStore.DL_ONLY);

            open.commit(work -> {
                open.users.deleteFile(work, FilePath.dictionary("a", "plain"));
                return null;
            });
            assertThat(updates(open)).containsExactly(new Update.FileDeleted(section));
            open.commit(work -> {
                open.users.deleteAccount(work, "a");
                return null;
            });
            assertThat(updates(open))
                    .containsExactlyInAnyOrder(
                            new Update.FileDeleted(FilePath.dictionary("a", "dl")),
                            new Update.FileDeleted(dl),
                            new Update.FileDeleted(withOther));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLogNothingOfATransactionThatExcludesItself(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath dl = open.createFile("a,dl", "DL");
            FilePath plain = open.createFile("a,plain", "D");
            open.logSettings(OpenStore.ALL);

            open.commit(work -> {
                work.exclude();
                open.users.write(work, plain, ItemId.of("1"), new byte[1]);
                return open.users.write(work, dl, ItemId.of("1"), new byte[1]);
            });
            assertThat(open.read(dl, "1")).hasSize(1);
            assertThat(loggedFiles(open)).isEmpty();

            open.write(dl, "2", new byte[1]);
            assertThat(loggedFiles(open)).containsExactly(dl);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseToExcludeATransactionOfWhichSomethingIsLogged(TestDatabase database) throws Exception {
        try (OpenStore open = OpenStore.create(database, folder)) {
            open.createAccount("a");
            FilePath dl = open.createFile("a,dl", "DL");
            FilePath plain = open.createFile("a,plain", "D");
            open.logSettings(OpenStore.DL_ONLY);

            assertThatThrownBy(() -> open.commit(work -> {
                        open.users.write(work, dl, ItemId.of("1"), new byte[1]);
                        work.exclude();
                        return null;
                    }))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.LOGGED_ALREADY));
            assertThat(open.read(dl, "1")).isNull();

            open.commit(work -> {
                open.users.write(work, plain, ItemId.of("1"), new byte[1]);
                work.exclude();
                return open.users.write(work, dl, ItemId.of("1"), new byte[1]);
            });
            assertThat(loggedFiles(open)).isEmpty();
        }
    }

    private static List<FilePath> loggedFiles(OpenStore open) throws Exception {
        return updates(open).stream().map(Update::file).toList();
    }

    private static List<Update> updates(OpenStore open) throws Exception {
        List<Update> updates = new ArrayList<>();
        for (LogEntry entry : open.takeLogged()) {
            updates.addAll(LogEntryCodec.decode(entry.payload()));
        }
        return updates;
    }
}
