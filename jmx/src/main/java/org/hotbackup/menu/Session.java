package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hotbackup.client.FailedCall;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Area.Tone;
import org.jline.utils.AttributedString;

/**
 * All of the menu without a terminal: keys go in, frames come out. What is asked of a node is asked on another thread, and
 * what it answers is taken by {@link #tick}, so no node holds the keys up. For one thread.
 */
public final class Session {

    static final int LEAST_COLUMNS = 80;
    static final int LEAST_ROWS = 24;

    private static final long LOOK_MILLIS = 1_000;
    private static final long SILENT_MILLIS = 3_000;
    private static final int HEADER_ROWS = 3;
    private static final int MOST_TYPED_AHEAD = 1_000;
    private static final int SPACIOUS_ROWS = 30;
    private static final int LEAST_MESSAGE_ROWS = 5;
    private static final String AREA_KEYS = "^N next page   ^B page back   RETURN ESC q to the menu   x exit";

    /** Something that was asked and not answered yet. */
    private record Busy(String doing, long since) {}

    private final Nodes nodes;
    private final Executor elsewhere;
    private final LongSupplier millis;
    private final boolean verbose;
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final Deque<Page> pages = new ArrayDeque<>();
    private final Area area = new Area();
    private final Queue<Key> typedAhead = new ArrayDeque<>();

    private int columns = LEAST_COLUMNS;
    private int rows = LEAST_ROWS;
    private Busy busy;
    /** The message section has the keys. */
    private boolean reading;
    /** What has them there, if it can do more than turn pages. */
    private Reader reader;

    private boolean over;
    private Optional<RuntimeException> farewell = Optional.empty();

    private String node = "";
    /** The same as {@link Nodes} knows it. */
    private String address = "";

    private Nodes.Link link;
    private String server = "";
    private List<String> servers = List.of();
    private String standing = "";
    private String health = "";
    private Function<ControlDirectory, Look.Shown> watched;
    private long lookedAt;
    private Object looking;

    /**
     * A session that has not begun.
     *
     * @param elsewhere runs what may take its time
     * @param millis a clock for what is shown once a second
     * @param verbose whether servers are started with traces (HB-006)
     */
    public Session(Nodes nodes, Executor elsewhere, LongSupplier millis, boolean verbose) {
        this.nodes = nodes;
        this.elsewhere = elsewhere;
        this.millis = millis;
        this.verbose = verbose;
    }

    /** Begins: at a node, or if none is named at the only one that runs, or where one of several is chosen. */
    public void begin(Optional<String> named) {
        if (named.isPresent()) {
            connect(named.get());
        } else {
            call(Texts.FINDING, nodes::running, running -> {
                if (running.size() == 1) {
                    connect(running.get(0));
                } else {
                    open(NodePages.selection(running));
                }
            });
        }
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return over;
    }

    /** Why it ended before there was anything to choose; empty if it did not. */
    public Optional<RuntimeException> farewell() {
        return farewell;
    }

    /** Ends the connection; may take its time if the node does not answer. */
    public void close() {
        if (link != null) {
            link.close();
        }
    }

    // what the pages use

    /** The node's name. */
    String node() {
        return node;
    }

    /** The current server (HB-042); empty if there is none. */
    String server() {
        return server;
    }

    List<String> servers() {
        return servers;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Whether the node was asked something and has not answered yet. */
    public boolean isBusy() {
        return busy != null;
    }

    Page page() {
        return pages.peek();
    }

    Area area() {
        return area;
    }

    /** Whether the message section has the keys, because there is more than a page of it. */
    public boolean isReading() {
        return reading;
    }

    /** Whether what is read can do more than turn its pages. */
    boolean hasReader() {
        return reading && reader != null;
    }

    void open(Page page) {
        pages.push(page);
        page.enter(this);
    }

    /** To what was there before; out of the menu if there was nothing. */
    void back() {
        if (!pages.isEmpty()) {
            pages.pop();
        }
        while (!pages.isEmpty() && page().isPassed(this)) {
            pages.pop();
        }
        if (pages.isEmpty()) {
            over = true;
        } else {
            page().enter(this);
        }
    }

    /** Out of the menu, from anywhere. */
    void exit() {
        over = true;
    }

    /** Leaves a form without having done anything. */
    void cancel(Form form) {
        if (page() == form) {
            back();
            show(form.title(), MessageCode.MENU_CANCELLED.text());
        }
    }

    /** Leaves a form after what it is for was done. */
    void close(Page form) {
        pages.remove(form);
        if (pages.isEmpty()) {
            over = true;
        } else {
            page().enter(this);
        }
    }

    void show(String title, String text) {
        watched = null;
        area.show(title, Area.messages(text, Tone.PLAIN));
        readIfLong();
    }

    /** Shows a text with a reader of its own, which has the keys. */
    void read(String title, List<Area.Message> messages, Reader with) {
        watched = null;
        area.show(title, messages);
        readOn(with);
        layOut();
    }

    /** Gives a reader the keys again that it had before it asked the node. */
    void readOn(Reader with) {
        reading = true;
        reader = with;
    }

    /** Shows what is wrong; what was typed in the belief that it would go well is dropped. */
    void fail(String title, String sentence) {
        typedAhead.clear();
        watched = null;
        area.show(title, Area.messages(sentence, Tone.ERROR));
        stopReading();
    }

    /** The answer of an operation. */
    void show(String title, OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            fail(title, receipt.message());
        } else {
            show(title, receipt.message());
        }
    }

    /** More of what is shown. */
    void add(String text) {
        List<Area.Message> messages = new ArrayList<>(area.messages());
        messages.addAll(Area.messages(text, Tone.PLAIN));
        area.update(area.title(), messages);
        readIfLong();
    }

    /** Help for a field, below what is wrong with it if anything is (HB-003). */
    void help(Field field, String wrong) {
        watched = null;
        List<Area.Message> messages = new ArrayList<>();
        if (!wrong.isEmpty()) {
            messages.addAll(Area.messages(wrong, Tone.ERROR));
        }
        messages.addAll(Area.messages(field.help(), Tone.PLAIN));
        area.show(field.label(), messages);
        stopReading();
    }

    /** Shows what the node answers, and goes on asking once a second for as long as it is looked at. */
    void watch(String title, Function<ControlDirectory, Look.Shown> question) {
        ask(title, controls -> Look.at(controls, server, Optional.of(question)), look -> {
            look.shown()
                    .ifPresent(shown -> area.show(
                            shown.title().isEmpty() ? title : shown.title(),
                            Area.messages(shown.text(), shown.refused() ? Tone.ERROR : Tone.PLAIN)));
            watched = question;
            take(look);
            readIfLong();
        });
    }

    private void readIfLong() {
        layOut();
        reading = !area.fits();
        reader = null;
    }

    /**
     * Asks the node something.
     *
     * @param doing what stands in the title of the message section meanwhile, and of a refusal
     * @param question asked on another thread
     * @param answer takes what it brought, on this one; not called if nobody waits for it any more
     */
    <T> void ask(String doing, Function<ControlDirectory, T> question, Consumer<T> answer) {
        ask(doing, question, answer, sentence -> fail(doing, sentence));
    }

    /** The same, with something else to do than to show it if it is refused. */
    <T> void ask(String doing, Function<ControlDirectory, T> question, Consumer<T> answer, Consumer<String> refused) {
        Nodes.Link to = link;
        call(doing, () -> question.apply(to.controls()), answer, refused);
    }

    /** Has the node do something, and shows what it answers. */
    void perform(String doing, Function<ControlDirectory, OperationReceipt> operation) {
        ask(doing, operation, receipt -> show(doing, receipt));
    }

    private <T> void call(String doing, Supplier<T> question, Consumer<T> answer) {
        call(doing, question, answer, sentence -> fail(doing, sentence));
    }

    private <T> void call(String doing, Supplier<T> question, Consumer<T> answer, Consumer<String> refused) {
        Busy mine = new Busy(doing, millis.getAsLong());
        busy = mine;
        // a reader asks for more of what is being read, and that stays on the screen meanwhile
        reading = hasReader();
        elsewhere.execute(() -> {
            try {
                T result = question.get();
                answers.add(() -> answered(mine, result, answer));
            } catch (RuntimeException e) {
                answers.add(() -> failed(mine, e, refused));
            }
        });
    }

    private <T> void answered(Busy mine, T result, Consumer<T> answer) {
        if (busy == mine) {
            busy = null;
            answer.accept(result);
        } else if (result instanceof Nodes.Link late) {
            elsewhere.execute(late::close);
        }
    }

    private void failed(Busy mine, RuntimeException e, Consumer<String> refused) {
        if (busy != mine) {
            return;
        }
        busy = null;
        FailedCall call = FailedCall.of(e);
        if (link != null && call.code() == MessageCode.CONNECTION_LOST) {
            lost(call.sentence());
        } else if (pages.isEmpty()) {
            farewell = Optional.of(e);
            over = true;
        } else {
            refused.accept(call.sentence());
        }
    }

    // nodes and servers

    void connect(String to) {
        call(
                Texts.connecting(to),
                () -> {
                    Nodes.Link made = nodes.connect(to);
                    NodeMXBean bean = made.controls().node();
                    return new Connected(made, bean.getName(), bean.getServerNames());
                },
                connected -> {
                    node = connected.name();
                    address = to;
                    link = connected.link();
                    open(new ServerSelection());
                    found(connected.servers());
                });
    }

    /** A node that answered. */
    private record Connected(Nodes.Link link, String name, List<String> servers) implements Nodes.Link {

        @Override
        public ControlDirectory controls() {
            return link.controls();
        }

        @Override
        public void close() {
            link.close();
        }
    }

    /** These servers there are now; at the selection the only one is chosen at once (HB-042). */
    void found(List<String> names) {
        servers = names;
        if (page() instanceof ServerSelection selection) {
            selection.set(names);
            if (names.size() == 1) {
                select(names.get(0));
            }
        }
    }

    /** Asks how things stand now, not only at the next second: a server may be gone. */
    void lookForServers() {
        looking = null;
        look();
    }

    void select(String name) {
        server = name;
        standing = "";
        area.clear();
        watched = null;
        lookedAt = millis.getAsLong() - LOOK_MILLIS;
        open(MainMenu.make());
    }

    /** At the selection no server is the current one. */
    void deselect() {
        server = "";
        standing = "";
    }

    private void toSelection(List<String> names) {
        while (pages.size() > 1 && !(page() instanceof ServerSelection)) {
            pages.pop();
        }
        page().enter(this);
        found(names);
    }

    private void lost(String sentence) {
        disconnect();
        fail(Texts.LOST, sentence);
    }

    /** Back to where a node is chosen; what is shown stays. */
    void disconnect() {
        Nodes.Link old = link;
        elsewhere.execute(old::close);
        link = null;
        looking = null;
        deselect();
        pages.clear();
        pages.push(NodePages.selection(List.of(address)));
        node = "";
        health = "";
        watched = null;
    }

    // time

    /** Takes what was answered meanwhile, and once a second asks how things stand. */
    public void tick() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
        while (busy == null && !over && !typedAhead.isEmpty()) {
            pressIdle(typedAhead.remove());
            layOut();
        }
        if (link != null && looking == null && millis.getAsLong() - lookedAt >= LOOK_MILLIS) {
            look();
        }
    }

    private void look() {
        Object mine = new Object();
        Nodes.Link to = link;
        String of = server;
        Function<ControlDirectory, Look.Shown> question = watched;
        looking = mine;
        lookedAt = millis.getAsLong();
        elsewhere.execute(() -> {
            try {
                Look look = Look.at(to.controls(), of, Optional.ofNullable(question));
                answers.add(() -> {
                    if (looking == mine) {
                        looking = null;
                        if (of.equals(server)) {
                            seen(look, question);
                        }
                    }
                });
            } catch (RuntimeException e) {
                answers.add(() -> {
                    if (looking == mine) {
                        looking = null;
                        FailedCall call = FailedCall.of(e);
                        // to look takes no more than to be let in
                        if (call.code() == MessageCode.CONNECTION_LOST || call.code() == MessageCode.NOT_ALLOWED) {
                            busy = null;
                            lost(call.sentence());
                        }
                    }
                });
            }
        });
    }

    private void seen(Look look, Function<ControlDirectory, Look.Shown> question) {
        if (question != null && question == watched) {
            look.shown()
                    .ifPresent(shown -> area.update(
                            shown.title().isEmpty() ? area.title() : shown.title(),
                            Area.messages(shown.text(), shown.refused() ? Tone.ERROR : Tone.PLAIN)));
        }
        take(look);
    }

    private void take(Look look) {
        standing = look.standing();
        health = look.health();
        if (!server.isEmpty() && !look.servers().contains(server)) {
            String gone = server;
            busy = null;
            toSelection(look.servers());
            fail(Texts.GONE, MessageCode.MENU_SERVER_GONE.text(gone));
        } else if (!look.servers().equals(servers)) {
            found(look.servers());
        }
    }

    // keys

    /** Takes a key; {@link Key.Kind#GONE} ends it. One that has to wait for an answer is kept until that is there. */
    public void press(Key key) {
        if (key.kind() == Key.Kind.GONE) {
            over = true;
        } else if (isTooSmall()) {
            over = key.kind() == Key.Kind.ESCAPE || key.isLetter('q') || key.isLetter('x');
        } else if (busy != null) {
            pressBusy(key);
        } else {
            pressIdle(key);
        }
        layOut();
    }

    private void pressBusy(Key key) {
        if (key.kind() == Key.Kind.ESCAPE || key.kind() == Key.Kind.CANCEL) {
            abandon();
        } else if (key.isLetter('x') && !(pages.peek() instanceof Form)) {
            over = true;
        } else if (typedAhead.isEmpty() && key.isMove()) {
            pressIdle(key);
        } else if (typedAhead.size() < MOST_TYPED_AHEAD) {
            typedAhead.add(key);
        }
    }

    private void pressIdle(Key key) {
        if (reading && reader != null && reader.press(key, this)) {
            return;
        }
        if (reading && isForReading(key)) {
            read(key);
        } else if (key.kind() == Key.Kind.PAGE_DOWN) {
            area.turn(1);
        } else if (key.kind() == Key.Kind.PAGE_UP) {
            area.turn(-1);
        } else if (key.isLetter('?') && !(pages.peek() instanceof Form)) {
            show(Texts.KEYS_TITLE, Texts.KEYS);
        } else if (!pages.isEmpty()) {
            page().press(key, this);
        }
    }

    private void abandon() {
        String doing = busy.doing();
        busy = null;
        typedAhead.clear();
        if (pages.isEmpty()) {
            over = true;
        } else {
            fail(doing, MessageCode.MENU_NOT_WAITED_FOR.text());
        }
    }

    private static boolean isForReading(Key key) {
        return switch (key.kind()) {
            case DOWN, UP, HOME, END, PAGE_DOWN, PAGE_UP, ENTER, ESCAPE, TAB -> true;
            default -> key.isLetter('q') || key.isLetter('y') || key.isLetter(' ');
        };
    }

    private void read(Key key) {
        switch (key.kind()) {
            case DOWN, PAGE_DOWN -> area.turn(1);
            case UP, PAGE_UP -> area.turn(-1);
            case HOME -> area.turnToMessage(0);
            case END -> area.turnToEnd();
            case CHARACTER -> {
                if (key.isLetter(' ')) {
                    area.turn(1);
                } else {
                    stopReading();
                }
            }
            default -> stopReading();
        }
    }

    private void stopReading() {
        reading = false;
        reader = null;
    }

    // the screen

    /** The terminal has this size now. */
    public void resize(int newColumns, int newRows) {
        columns = Math.max(1, newColumns);
        rows = Math.max(1, newRows);
        layOut();
    }

    private boolean isTooSmall() {
        return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
    }

    private int menuRows() {
        return Math.max(rows - HEADER_ROWS - 2 - LEAST_MESSAGE_ROWS - (rows - LEAST_ROWS) / 2, 1);
    }

    private Page.View layOut() {
        Page.View view = pages.isEmpty() ? new Page.View(List.of()) : page().view(columns, menuRows());
        if (reading && reader != null && rows < SPACIOUS_ROWS) {
            // on a low screen the log would have half a page; the menu is only read past
            view = new Page.View(view.lines().subList(0, 1));
        }
        area.resize(columns - 2, rows - HEADER_ROWS - view.lines().size() - 2);
        return view;
    }

    /** What is to be on the screen now. */
    public Frame frame() {
        if (isTooSmall()) {
            return tooSmall();
        }
        Page.View view = layOut();
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.bold(Text.between(" " + Texts.HEADER, nodeAndHealth() + " ", columns)));
        lines.add(Text.plain(Text.between(" " + server, condition(), columns)));
        lines.add(Text.plain("-".repeat(columns)));
        lines.addAll(view.lines());
        lines.add(Text.bold(areaTitle()));
        lines.addAll(area.view());
        Optional<LineEdit> command = reading && reader != null ? reader.command() : Optional.empty();
        if (command.isPresent()) {
            String before = " :" + Text.safe(command.get().beforeCursor());
            lines.add(Text.plain(Text.cut(" :" + Text.safe(command.get().text()), columns)));
            return new Frame(lines, lines.size() - 1, Math.min(columns - 1, Text.columns(before)));
        }
        lines.add(Text.plain(Text.cut(" " + keys(), columns)));
        return view.cursorRow() < 0 || reading
                ? new Frame(lines, Frame.NOWHERE, Frame.NOWHERE)
                : new Frame(lines, HEADER_ROWS + view.cursorRow(), view.cursorColumn());
    }

    private Frame tooSmall() {
        String sentence = MessageCode.MENU_TOO_SMALL.text(columns, rows, LEAST_COLUMNS, LEAST_ROWS);
        List<AttributedString> lines = new ArrayList<>();
        for (String line : Text.wrap(sentence, columns, 0)) {
            if (lines.size() < rows) {
                lines.add(Text.plain(Text.cut(line, columns)));
            }
        }
        return new Frame(lines, Frame.NOWHERE, Frame.NOWHERE);
    }

    private String nodeAndHealth() {
        if (node.isEmpty()) {
            return "";
        }
        String where = node.equals(address) ? "" : " at " + address;
        return Text.safe("node " + node + where) + "   " + health;
    }

    private String condition() {
        long silent = millis.getAsLong() - lookedAt;
        return looking != null && silent >= SILENT_MILLIS
                ? Texts.silent(silent / 1_000) + " "
                : Text.safe(standing) + " ";
    }

    private String areaTitle() {
        String title = busy == null ? Text.safe(area.title()) : Texts.busy(busy.doing(), seconds(busy));
        String place = area.place();
        String right = place.isEmpty() ? "" : " " + place + " --";
        String left = title.isEmpty() ? "" : "-- " + Text.cut(title, columns - Text.columns(right) - 6) + " ";
        return left + "-".repeat(Math.max(0, columns - Text.columns(left) - Text.columns(right))) + right;
    }

    private long seconds(Busy what) {
        return (millis.getAsLong() - what.since()) / 1_000;
    }

    /** The keys that can be pressed now. */
    String keys() {
        if (busy != null) {
            return Texts.BUSY_KEYS;
        }
        if (pages.isEmpty()) {
            return "";
        }
        if (reading) {
            return reader == null ? AREA_KEYS : reader.keys();
        }
        return page().keys();
    }
}
