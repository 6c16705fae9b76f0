package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.Notice;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.NotifyList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {

    private static final String TIME = "2026-03-31T12:00:00Z";
    private static final int ALL = 10_000;

    private final List<String> letters = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    private final NoticeBoard board =
            new NoticeBoard((user, notice) -> letters.add(user + " " + notice.messageId() + " " + notice.text()));

    private void post(String server, String list, MessageCode code, Object... values) {
        board.post(
                new LogMessage("id", TIME, server, code.id(), code.text(values)),
                code.severity(),
                NotifyList.parse(list));
    }

    private void warn(String list, int frames) {
        post("todev", list, MessageCode.QUEUE_HAS_GROWN, frames);
    }

    private static String grown(int frames) {
        return MessageCode.QUEUE_HAS_GROWN.text(frames);
    }

    @Test
    @Tag("HB-058")
    @Tag("HB-155")
    void shouldTellErrorsAndWarningsToEverybodyOnTheList() {
        warn("dm,bob,!0", 600);
        post("fromprod", "bob", MessageCode.QUEUE_UNAVAILABLE, "it is gone");
        post("todev", "dm,bob,!0", MessageCode.SERVER_STARTED, "todev");

        assertThat(letters)
                .containsExactly(
                        "dm HB2014 " + grown(600),
                        "bob HB2014 " + grown(600),
                        "bob HB2037 " + MessageCode.QUEUE_UNAVAILABLE.text("it is gone"));
        assertThat(board.read("dm", 0, ALL)).extracting(Notice::severity).containsExactly("warning");
        assertThat(board.read("bob", 0, ALL))
                .extracting(Notice::server, Notice::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("todev", "warning"),
                        org.assertj.core.groups.Tuple.tuple("fromprod", "error"));
        assertThat(board.read("!0", 0, ALL)).hasSize(1);
        assertThat(board.read("", 0, ALL)).hasSize(2);
        assertThat(board.read("eve", 0, ALL)).isEmpty();
    }

    @Test
    @Tag("HB-155")
    void shouldTellEveryMessageInOrderToWhoListens() {
        warn("", 600);
        board.onNotice(told::add);
        warn("", 1200);
        post("todev", "", MessageCode.SERVER_STOPPED, "todev");

        assertThat(told).extracting(Notice::number).containsExactly(2L, 3L);
        assertThat(told).extracting(Notice::severity).containsExactly("warning", "information");
        assertThat(board.lastNumber()).isEqualTo(3);
    }

    @Test
    @Tag("HB-058")
    void shouldShowOnlyWhatCameAfterwardsAndNoMoreThanIsAskedFor() {
        for (int i = 1; i <= 5; i++) {
            warn("bob", i);
        }

        assertThat(board.read("bob", 2, 2)).extracting(Notice::text).containsExactly(grown(3), grown(4));
        assertThat(board.read("bob", 5, ALL)).isEmpty();
    }

    @Test
    @Tag("HB-063")
    void shouldKeepNoticesForAPortUntilSomebodyTakesThem() {
        warn("!0", 1);
        warn("!0,!7", 2);
        warn("!7", 3);

        assertThat(board.take("!0", 1)).extracting(Notice::text).containsExactly(grown(1));
        assertThat(board.take("!0", ALL)).extracting(Notice::text).containsExactly(grown(2));
        assertThat(board.take("!0", ALL)).isEmpty();
        assertThat(board.take("!7", ALL)).extracting(Notice::text).containsExactly(grown(2), grown(3));
        assertThat(board.take("!8", ALL)).isEmpty();
    }

    @Test
    @Tag("HB-063")
    void shouldKeepTheLatestOnlyIfNobodyEverComes() {
        int many = NoticeBoard.KEPT + 1;
        for (int i = 1; i <= many; i++) {
            warn("!0", i);
        }

        List<Notice> forThePort = board.take("!0", ALL);
        assertThat(forThePort).hasSize(NoticeBoard.KEPT_FOR_A_PORT);
        assertThat(forThePort.get(NoticeBoard.KEPT_FOR_A_PORT - 1).text()).isEqualTo(grown(many));
        assertThat(board.read("", 0, ALL)).hasSize(NoticeBoard.KEPT).first().satisfies(notice -> assertThat(
                        notice.text())
                .isEqualTo(grown(2)));
    }
}
