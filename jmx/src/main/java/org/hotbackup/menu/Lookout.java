package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.hotbackup.client.FailedCall;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Area.Tone;

/** How the node and the current server stand, and what the message section looks at: asked for once a second. */
final class Lookout {

    private static final long LOOK_MILLIS = 1_000;
    private static final long SILENT_MILLIS = 3_000;

    private final Session session;
    private final Calls calls;
    private final LongSupplier millis;
    private Function<ControlDirectory, Look.Shown> watched;
    private long lookedAt;
    /** The look that was not answered yet. */
    private Object looking;

    private String standing = "";
    private String health = "";

    Lookout(Session session, Calls calls, LongSupplier millis) {
        this.session = session;
        this.calls = calls;
        this.millis = millis;
    }

    /** Looks, if it is time to. */
    void tick() {
        if (looking == null && millis.getAsLong() - lookedAt >= LOOK_MILLIS) {
            look();
        }
    }

    /** Looks now, whatever was asked before. */
    void look() {
        Object mine = new Object();
        Nodes.Link to = session.link();
        String of = session.server();
        Function<ControlDirectory, Look.Shown> question = watched;
        looking = mine;
        lookedAt = millis.getAsLong();
        calls.askBehind(
                () -> Look.at(session.kind(), to.controls(), of, Optional.ofNullable(question)),
                look -> {
                    if (looking == mine) {
                        looking = null;
                        if (of.equals(session.server())) {
                            seen(look, question);
                        }
                    }
                },
                e -> {
                    if (looking == mine) {
                        looking = null;
                        failed(FailedCall.of(e));
                    }
                });
    }

    private void failed(FailedCall call) {
        // to look takes no more than to be let in
        if (call.code() == MessageCode.CONNECTION_LOST || call.code() == MessageCode.NOT_ALLOWED) {
            calls.abandon();
            session.lost(call.sentence());
        }
    }

    private void seen(Look look, Function<ControlDirectory, Look.Shown> question) {
        if (question != null && question == watched) {
            Area area = session.area();
            look.shown().ifPresent(shown -> area.update(titleOf(shown, area.title()), messages(shown)));
        }
        take(look);
    }

    private void take(Look look) {
        standing = look.standing();
        health = look.health();
        session.noticed(look.servers());
    }

    private static String titleOf(Look.Shown shown, String otherwise) {
        return shown.title().isEmpty() ? otherwise : shown.title();
    }

    private static List<Area.Message> messages(Look.Shown shown) {
        return Area.messages(shown.text(), shown.refused() ? Tone.ERROR : Tone.PLAIN);
    }

    /** Shows what the node answers, and goes on asking. */
    void watch(String title, Function<ControlDirectory, Look.Shown> question) {
        String server = session.server();
        session.ask(title, controls -> Look.at(session.kind(), controls, server, Optional.of(question)), look -> {
            look.shown().ifPresent(shown -> session.area().show(titleOf(shown, title), messages(shown)));
            watched = question;
            take(look);
            session.messages().readIfLong();
        });
    }

    /** What is shown from now on does not change by itself. */
    void stopWatching() {
        watched = null;
    }

    /** Another server is the current one, or none: how it stands is not known yet. */
    void forgetServer() {
        standing = "";
    }

    /** Looks at the next tick, however short ago the last look was. */
    void hurry() {
        lookedAt = millis.getAsLong() - LOOK_MILLIS;
    }

    /** There is no node to look at. */
    void close() {
        looking = null;
        watched = null;
        standing = "";
        health = "";
    }

    /** The node's health, in a word. */
    String health() {
        return health;
    }

    /** How the current server stands, or for how long the node has not answered. */
    String condition() {
        long silent = millis.getAsLong() - lookedAt;
        return looking != null && silent >= SILENT_MILLIS ? Texts.silent(silent / 1_000) : Text.safe(standing);
    }
}
