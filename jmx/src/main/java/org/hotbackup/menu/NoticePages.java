package org.hotbackup.menu;

import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import org.hotbackup.menu.PagedText.Part;

/** Errors and warnings on their way to the users and ports of the notify lists (HB-058, HB-143). */
final class NoticePages {

    private static final String TITLE = "Notices";
    private static final String AS = "as";
    private static final String PORT = "port";
    private static final String USER = "user";
    private static final String ADDRESS = "address";
    private static final int MOST = 1_000;
    private static final int PAGE = 100;

    private NoticePages() {}

    static void open(Session session) {
        session.open(new Menu(
                TITLE,
                List.of(
                        new Choice("List", "Errors and warnings of all servers, as they come", NoticePages::watch),
                        new Choice("Of a user or port", "Only what one of a notify list is told", NoticePages::listAs),
                        new Choice("Take", "What is kept for a port; nobody else gets it then", NoticePages::take),
                        new Choice(
                                "Addresses", "Where users get notices outside of a terminal", NoticePages::addresses),
                        new Choice(
                                "Set address", "Gives a user such an address, or takes it away", NoticePages::set))));
    }

    private static void watch(Session session) {
        session.watch(
                TITLE, controls -> new Look.Shown(TITLE, text(controls.notices().read("", 0, MOST))));
    }

    private static String text(List<Notice> notices) {
        return notices.isEmpty()
                ? MessageCode.MENU_NOTHING.text()
                : notices.stream().map(NoticePages::line).collect(Collectors.joining("\n"));
    }

    private static String line(Notice notice) {
        return Texts.withShortTimes(
                notice.time() + "  " + notice.server() + "  " + notice.messageId() + "  " + notice.text());
    }

    private static void listAs(Session session) {
        Field who = Field.of(AS, "User or port", Texts.NOTICES_AS_HELP, "", given -> {
            if (!NotifyList.isPort(given) && !NotifyList.isUser(given)) {
                throw new Refusal(MessageCode.WATCH_AS_NOBODY, given);
            }
            return given;
        });
        session.open(new Form("Notices of a user or port", "", List.of(who), false, (s, values) -> {
            String as = values.get(AS);
            s.back();
            PagedText.open(s, "Notices of " + Text.safe(as), controls -> read(controls, as, 0));
        }));
    }

    private static Part read(ControlDirectory controls, String as, long after) {
        return Part.of(
                controls.notices().read(as, after, PAGE),
                PAGE,
                NoticePages::line,
                last -> again -> read(again, as, last.number()));
    }

    private static void take(Session session) {
        Field port = Field.of(PORT, "Port", Texts.NOTICES_PORT_HELP, "", given -> {
            if (!NotifyList.isPort(given)) {
                throw new Refusal(MessageCode.WATCH_AS_NOBODY, given);
            }
            return given;
        });
        session.open(new Form("Take notices", "", List.of(port), false, (s, values) -> {
            Page form = s.page();
            String of = values.get(PORT);
            String title = "Notices of " + Text.safe(of);
            s.ask(title, controls -> controls.notices().take(of, PAGE), notices -> {
                s.close(form);
                s.show(title, text(notices));
            });
        }));
    }

    private static void addresses(Session session) {
        session.ask("Addresses", controls -> controls.notices().getAddresses(), addresses -> {
            String text = String.join("\n", addresses);
            session.show("Addresses", text.isEmpty() ? MessageCode.MENU_NOTHING.text() : text);
        });
    }

    private static void set(Session session) {
        Operation.confirmed(
                        "Set address",
                        "",
                        List.of(
                                Field.of(USER, "User", Texts.ADDRESS_USER_HELP, "", given -> given),
                                Field.of(ADDRESS, "Address", Texts.ADDRESS_HELP, "", given -> given)),
                        (controls, values) -> controls.notices().setAddress(values.get(USER), values.get(ADDRESS)))
                .open(session);
    }
}
