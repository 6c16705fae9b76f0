package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The users of a node and their roles. */
final class UserPages {

    private static final String TITLE = "Users";
    private static final String NEW_USER = "New user";
    private static final String MY_PASSWORD = "My password";
    private static final String NAME = "name";
    private static final String NAME_OF_USER = "Name of the user";
    private static final String ROLES = "roles";
    private static final String LEAST_ROLE = "viewer";
    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final String AGAIN = "again";
    private static final int PAGE = 100;

    private final List<NodeUser> users = new ArrayList<>();
    private Menu menu;

    private UserPages() {}

    static void open(Session session) {
        session.open(new Menu(
                TITLE,
                List.of(
                        new Choice("List", "Each user: roles, new password, delete", UserPages::list),
                        new Choice(NEW_USER, "Makes a user and shows the password, this once", UserPages::make),
                        new Choice(
                                MY_PASSWORD,
                                "Changes the password with which you are logged in here",
                                UserPages::changeMine))));
    }

    private static void list(Session session) {
        UserPages list = new UserPages();
        session.ask(TITLE, controls -> controls.security().users("", PAGE), page -> {
            if (page.isEmpty()) {
                session.show(TITLE, MessageCode.MENU_NOTHING.text());
            } else {
                list.users.addAll(page);
                list.menu = new Menu("List of users", list.choices()).atEnd(list::more);
                session.open(list.menu);
            }
        });
    }

    private List<Choice> choices() {
        return users.stream()
                .map(user -> new Choice(line(user), "Roles, new password, delete", session -> open(session, user)))
                .toList();
    }

    private static String line(NodeUser user) {
        String roles = user.roles().isEmpty() ? "" : "  " + user.roles();
        String login = user.login() ? "" : "  cannot log in";
        String address = user.address().isEmpty() ? "" : "  notices to " + user.address();
        return Text.safe(user.name() + roles + login + address);
    }

    private void more(Session session) {
        String last = users.get(users.size() - 1).name();
        session.ask(TITLE, controls -> controls.security().users(last, PAGE), page -> {
            users.addAll(page);
            menu.more(choices());
        });
    }

    private void open(Session session, NodeUser user) {
        String name = user.name();
        session.open(new Menu(
                Text.safe("User " + name),
                List.of(
                        new Choice("Roles", "Gives other roles, at once and on every surface", s -> roles(s, user)),
                        new Choice(
                                "New password", "Makes another password and shows it, this once", s -> renew(s, name)),
                        new Choice("Delete", "Out at once, on every surface", s -> delete(s, name)))));
    }

    private void roles(Session session, NodeUser user) {
        Operation.confirmed(
                        Text.safe("Roles of user " + user.name()),
                        "",
                        List.of(rolesField(user.roles())),
                        (controls, values) -> controls.security().setRoles(user.name(), values.get(ROLES)))
                .then(this::again)
                .open(session);
    }

    private static Field rolesField(String value) {
        return Field.of(ROLES, "Roles", Texts.ROLES_HELP, value, given -> given);
    }

    private static void renew(Session session, String name) {
        Operation.confirmed(
                        Text.safe("New password of user " + name),
                        MessageCode.MENU_NEW_PASSWORD.text(name),
                        List.of(Field.confirm(NAME_OF_USER, name)),
                        (controls, values) -> controls.security().newPassword(name, values.get(Field.CONFIRM)))
                .open(session);
    }

    private void delete(Session session, String name) {
        Operation.confirmed(
                        Text.safe("Delete user " + name),
                        MessageCode.MENU_DELETE_USER.text(name),
                        List.of(Field.confirm(NAME_OF_USER, name), Field.reasonForAudit()),
                        (controls, values) -> controls.security()
                                .deleteUser(name, values.get(Field.CONFIRM), values.get(Field.REASON)))
                .then(this::again)
                .open(session);
    }

    /** Back to the list, as it is now. */
    private void again(Session session) {
        session.back();
        session.ask(TITLE, controls -> controls.security().users("", Math.max(PAGE, users.size())), page -> {
            users.clear();
            users.addAll(page);
            menu.set(choices());
        });
    }

    private static void make(Session session) {
        Operation.confirmed(
                        NEW_USER,
                        "",
                        List.of(
                                Field.of(NAME, NAME_OF_USER, Texts.USER_NAME_HELP, "", given -> given),
                                rolesField(LEAST_ROLE)),
                        (controls, values) -> controls.security().createUser(values.get(NAME), values.get(ROLES)))
                .open(session);
    }

    /** The connection is worth nothing after it; the next one is made with the new password. */
    private static void changeMine(Session session) {
        Operation.confirmed(
                        MY_PASSWORD,
                        "",
                        List.of(
                                Field.secret(OLD, "Old password", Texts.OLD_PASSWORD_HELP),
                                Field.secret(NEW, "New password", Texts.NEW_PASSWORD_HELP),
                                Field.secret(AGAIN, "New password again", Texts.AGAIN_HELP)),
                        (controls, values) -> changeMine(session, controls, values))
                .then(Session::disconnect)
                .open(session);
    }

    private static OperationReceipt changeMine(Session session, ControlDirectory controls, Map<String, String> values) {
        if (!values.get(NEW).equals(values.get(AGAIN))) {
            throw new Refusal(MessageCode.PASSWORDS_DIFFER);
        }
        OperationReceipt receipt = controls.security().changeMyPassword(values.get(OLD), values.get(NEW));
        if (receipt.outcome() != OperationReceipt.Outcome.REFUSED) {
            session.nodes().passwordChanged(values.get(NEW));
        }
        return receipt;
    }
}
