package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hot-backup account ...}: the accounts of a node. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = "Creates, deletes and lists the accounts of a node.",
        subcommands = {AccountCommands.Create.class, AccountCommands.Delete.class, AccountCommands.ListAll.class})
final class AccountCommands implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, delete or list.");
    }

    /** Creates one. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates an account without files.")
    static final class Create extends RestVerb {

        @Parameters(paramLabel = "ACCOUNT", description = "Its name.")
        String account;

        @Mixin
        DefinitionOptions definition;

        @Override
        int run(RestClient store) {
            store.createAccount(account, definition.pointer());
            return output().answer(OperationReceipt.done(MessageCode.ACCOUNT_CREATED, account));
        }
    }

    /** Deletes one. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes an account with all its files and their items.")
    static final class Delete extends RestVerb {

        @Parameters(paramLabel = "ACCOUNT", description = "Its name.")
        String account;

        @Option(
                names = "--confirm",
                required = true,
                paramLabel = "ACCOUNT",
                description = "The account's name once more.")
        String confirm;

        @Override
        int run(RestClient store) {
            Refusal.unlessConfirmed(account, confirm);
            store.deleteAccount(account);
            return output().answer(OperationReceipt.done(MessageCode.ACCOUNT_DELETED, account));
        }
    }

    /** Lists all. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all accounts, one a line.")
    static final class ListAll extends RestVerb {

        @Override
        int run(RestClient store) {
            List<String> accounts = store.accounts();
            return output().answer(accounts, () -> accounts);
        }
    }
}
