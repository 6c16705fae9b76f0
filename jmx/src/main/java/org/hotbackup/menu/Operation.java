package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;

/**
 * An operation that something is asked for before it is done.
 *
 * @param title of the form
 * @param effect what it does, in numbers; may be empty
 * @param fields what is asked for
 * @param asks whether y, n or q is asked for at the end
 * @param does it, on another thread, with the values of the fields
 * @param then what else is shown when it is done
 */
record Operation(
        String title,
        String effect,
        List<Field> fields,
        boolean asks,
        BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does,
        Consumer<Session> then) {

    /** One that is confirmed by y. */
    static Operation asked(
            String title, String effect, BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does) {
        return new Operation(title, effect, List.of(), true, does, session -> {});
    }

    /** One that is confirmed by what is asked for. */
    static Operation confirmed(
            String title,
            String effect,
            List<Field> fields,
            BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does) {
        return new Operation(title, effect, fields, false, does, session -> {});
    }

    /** The same, with something to be shown after it. */
    Operation then(Consumer<Session> next) {
        return new Operation(title, effect, fields, asks, does, next);
    }

    /** Asks, does it, and goes back to where it was asked for; if it is refused the form stays. */
    void open(Session session) {
        session.open(new Form(title, effect, fields, asks, this::carryOut));
    }

    private void carryOut(Session session, Map<String, String> values) {
        Page form = session.page();
        session.ask(title, controls -> does.apply(controls, values), receipt -> {
            if (receipt.outcome() != Outcome.REFUSED) {
                session.close(form);
                session.show(title, receipt);
                then.accept(session);
            } else {
                session.show(title, receipt);
            }
        });
    }
}
