package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup file ...}: the files of a node's accounts. */
@Command(
        name = "file",
        mixinStandardHelpOptions = true,
        description = "Creates, clears, deletes and lists the files of an account.",
        subcommands = {
            FileCommands.Create.class,
            FileCommands.Clear.class,
            FileCommands.Delete.class,
            FileCommands.ListAll.class
        })
final class FileCommands implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, clear, delete or list.");
    }

    /** A verb for one file. */
    abstract static class OfFile extends RestVerb {

        @Parameters(
                paramLabel = "ACCOUNT,FILE",
                description = "The file; also account,file,section or 'dict account,file'.")
        String path;

        @Override
        final int run(RestClient store) {
            return output().answer(run(store, file(path)));
        }

        abstract OperationReceipt run(RestClient store, FilePath file);
    }

    /** A verb that destroys what is in a file. */
    abstract static class Confirmed extends OfFile {

        @Option(
                names = "--confirm",
                required = true,
                paramLabel = "ACCOUNT,FILE",
                description = "The file's path once more.")
        String confirm;

        @Override
        final OperationReceipt run(RestClient store, FilePath file) {
            Refusal.unlessConfirmed(path, confirm);
            return destroy(store, file);
        }

        abstract OperationReceipt destroy(RestClient store, FilePath file);
    }

    /** The file at a path; an account is none. */
    static FilePath file(String path) {
        FilePath file = FilePath.parse(path);
        if (file.level() == FilePath.Level.MASTER_DICTIONARY) {
            throw new Refusal(MessageCode.PATH_MALFORMED, path);
        }
        return file;
    }

    /** Creates one. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates an empty file, and its dictionary if there is none.")
    static final class Create extends OfFile {

        @Mixin
        DefinitionOptions definition;

        @Override
        OperationReceipt run(RestClient store, FilePath file) {
            store.createFile(file, definition.pointer());
            return OperationReceipt.done(MessageCode.FILE_CREATED, file);
        }
    }

    /** Clears one. */
    @Command(name = "clear", mixinStandardHelpOptions = true, description = "Deletes all items of a file.")
    static final class Clear extends Confirmed {
        @Override
        OperationReceipt destroy(RestClient store, FilePath file) {
            store.clearFile(file);
            return OperationReceipt.done(MessageCode.FILE_CLEARED, file);
        }
    }

    /** Deletes one. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a file with its items; a dictionary goes with all its data sections.")
    static final class Delete extends Confirmed {
        @Override
        OperationReceipt destroy(RestClient store, FilePath file) {
            store.deleteFile(file);
            return OperationReceipt.done(MessageCode.FILE_DELETED, file);
        }
    }

    /** Lists those of an account. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the files of an account with their numbers and D-pointers.")
    static final class ListAll extends RestVerb {

        @Parameters(paramLabel = "ACCOUNT", description = "The account.")
        String account;

        @Override
        int run(RestClient store) {
            List<FileDefinition> files = store.files(account);
            TextTable table = new TextTable("Number", "File", "Code", "Modulo", "Correlatives");
            for (FileDefinition file : files) {
                DPointer pointer = file.pointer();
                table.add(
                        Long.toString(file.number()),
                        file.path().toString(),
                        pointer.code(),
                        Integer.toString(pointer.modulo()),
                        String.join(" ", pointer.correlatives()));
            }
            return output().answer(
                            table.toString().stripTrailing(),
                            () -> files.stream().map(Listed::of).toList());
        }
    }

    /** A file as a program reads it. */
    private record Listed(long number, String path, String code, int modulo, List<String> correlatives) {

        static Listed of(FileDefinition file) {
            DPointer pointer = file.pointer();
            return new Listed(
                    file.number(), file.path().toString(), pointer.code(), pointer.modulo(), pointer.correlatives());
        }
    }
}
