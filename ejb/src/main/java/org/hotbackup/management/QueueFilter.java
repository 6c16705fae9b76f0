package org.hotbackup.management;

import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;

/** Which updates are looked for in a queue: those that fit all that is given. */
final class QueueFilter {

    private final String account;
    private final String file;
    private final FilePath section;
    private final String item;
    private final String operation;

    /**
     * Each may be empty, for all.
     *
     * @param file an account; {@code account,file} for a file with its dictionary and sections; or the path of one section
     * @param item an item's id, as lists show it
     * @throws Refusal if the path or the operation cannot be one
     */
    QueueFilter(String file, String item, String operation) {
        String path = file.strip();
        boolean wholeFile = path.matches("[^, ]+,[^, ]+");
        account = path.isEmpty() || path.contains(",") ? "" : path;
        this.file = wholeFile ? path : "";
        section = path.contains(",") && !wholeFile ? FilePath.parse(path) : null;
        this.item = item;
        this.operation = operation.strip();
        if (!this.operation.isEmpty() && !UpdateContent.OPERATIONS.contains(this.operation)) {
            throw new Refusal(
                    MessageCode.NO_SUCH_OPERATION, this.operation, String.join(", ", UpdateContent.OPERATIONS));
        }
    }

    /** Whether everything fits. */
    boolean isAll() {
        return account.isEmpty() && file.isEmpty() && section == null && item.isEmpty() && operation.isEmpty();
    }

    /** Whether this one fits. */
    boolean fits(HeldUpdate update) {
        return (operation.isEmpty() || operation.equals(update.operation()))
                && (item.isEmpty()
                        || update.item()
                                .filter(id -> id.toString().equals(item))
                                .isPresent())
                && update.file().map(this::fits).orElseGet(this::isAll);
    }

    private boolean fits(FilePath path) {
        return (account.isEmpty() || path.account().equals(account))
                && (file.isEmpty() || file.equals(path.account() + "," + path.file()))
                && (section == null || section.equals(path));
    }
}
