package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
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

/**
 * All of the menu without a terminal: keys go in, frames come out. What is asked of a node is asked on another thread, and
 * what it answers is taken by {@link #tick}, so no node holds the keys up. For one thread.
 */
public final class Session {

    private static final int MOST_TYPED_AHEAD = 1_000;

    private final ServerKind kind;
    private final Nodes nodes;
    private final Calls calls;
    private final Lookout lookout;
    private final Screen screen = new Screen(this);
    private final MessageSection messages = new MessageSection(screen::layOut);
    private final Deque<Page> pages = new ArrayDeque<>();
    private final Queue<Key> typedAhead = new ArrayDeque<>();

    /** What was on top when the message section was last given something to show. */
    private Page shownAt;

    private boolean over;
    private Optional<RuntimeException> farewell = Optional.empty();

    private Nodes.Link link;
    private String node = "";
    /** The same as {@link Nodes} knows it. */
    private String address = "";

    private String server = "";
    private List<String> servers = List.of();

    /**
     * A session that has not begun.
     *
     * @param kind the servers that it is for
     * @param elsewhere runs what may take its time
     * @param millis a clock for what is shown once a second
     */
    public Session(ServerKind kind, Nodes nodes, Executor elsewhere, LongSupplier millis) {
        this.kind = kind;
        this.nodes = nodes;
        this.calls = new Calls(elsewhere, millis);
        this.lookout = new Lookout(this, calls, millis);
    }

    /** Begins: at a node, or if none is named at the only one that runs, or where one of several is chosen. */
    public void begin(Optional<String> named) {
        if (named.isPresent()) {
            connect(named.get());
        } else {
            call(
                    Texts.FINDING,
                    nodes::running,
                    running -> {
                        if (running.size() == 1) {
                            connect(running.get(0));
                        } else {
                            open(NodePages.selection(running));
                        }
                    },
                    late -> {},
                    sentence -> fail(Texts.FINDING, sentence));
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

    /** How the node is reached; its name if it is one of this machine. */
    String address() {
        return address;
    }

    /** The nodes to choose from. */
    Nodes nodes() {
        return nodes;
    }

    Nodes.Link link() {
        return link;
    }

    /** The current server (HB-042); empty if there is none. */
    String server() {
        return server;
    }

    List<String> servers() {
        return servers;
    }

    /** The servers that it is for. */
    ServerKind kind() {
        return kind;
    }

    /** Whether the node was asked something and has not answered yet. */
    public boolean isBusy() {
        return calls.isBusy();
    }

    Calls calls() {
        return calls;
    }

    Lookout lookout() {
        return lookout;
    }

    /** What is on top; null before there is anything to choose. */
    Page page() {
        return pages.peek();
    }

    MessageSection messages() {
        return messages;
    }

    Area area() {
        return messages.area();
    }

    /** Whether the message section has the keys, because there is more than a page of it. */
    public boolean isReading() {
        return messages.isReading();
    }

    /** Whether what is read can do more than turn its pages. */
    boolean hasReader() {
        return messages.hasReader();
    }

    /** Goes to a page, which has the keys then. */
    void open(Page page) {
        messages.stopReading();
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
        enterOrEnd();
    }

    private void enterOrEnd() {
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
        enterOrEnd();
    }

    void show(String title, String text) {
        lookout.stopWatching();
        shownAt = page();
        messages.show(title, text);
    }

    /** Shows a text with a reader of its own, which has the keys. */
    void read(String title, List<Area.Message> text, Reader with) {
        lookout.stopWatching();
        shownAt = page();
        messages.read(title, text, with);
    }

    /** Gives a reader the keys again that it had before it asked the node. */
    void readOn(Reader with) {
        messages.readOn(with);
    }

    /** Shows what is wrong; what was typed in the belief that it would go well is dropped. */
    void fail(String title, String sentence) {
        typedAhead.clear();
        lookout.stopWatching();
        shownAt = page();
        messages.fail(title, sentence);
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
        messages.add(text);
    }

    /** Help for a field, below what is wrong with it if anything is (HB-003). */
    void help(Field field, String wrong) {
        lookout.stopWatching();
        messages.help(field, wrong);
    }

    /** Shows what the node answers, and goes on asking once a second for as long as it is looked at. */
    void watch(String title, Function<ControlDirectory, Look.Shown> question) {
        shownAt = page();
        lookout.watch(title, question);
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
        call(doing, () -> question.apply(to.controls()), answer, late -> {}, refused);
    }

    /** Has the node do something, and shows what it answers. */
    void perform(String doing, Function<ControlDirectory, OperationReceipt> operation) {
        ask(doing, operation, receipt -> show(doing, receipt));
    }

    private <T> void call(
            String doing, Supplier<T> question, Consumer<T> answer, Consumer<T> late, Consumer<String> refused) {
        // a reader asks for more of what is being read, and that stays on the screen meanwhile
        messages.await();
        calls.ask(doing, question, answer, late, e -> failed(e, refused));
    }

    private void failed(RuntimeException e, Consumer<String> refused) {
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

    /** A node that answered. */
    private record Connected(Nodes.Link link, String name, List<String> servers) {}

    void connect(String to) {
        String doing = Texts.connecting(to);
        call(
                doing,
                () -> {
                    Nodes.Link made = nodes.connect(to);
                    NodeMXBean bean = made.controls().node();
                    return new Connected(made, bean.getName(), kind.names(made.controls()));
                },
                connected -> {
                    node = connected.name();
                    address = to;
                    link = connected.link();
                    open(new ServerSelection());
                    found(connected.servers());
                },
                late -> calls.tell(late.link()::close),
                sentence -> fail(doing, sentence));
    }

    /** These servers there are now; at the selection the only one is chosen at once (HB-042). */
    void found(List<String> names) {
        servers = names;
        page().serversChanged(this);
    }

    /** These servers were seen: others than before perhaps, and the current one may be gone. */
    void noticed(List<String> names) {
        if (!server.isEmpty() && !names.contains(server)) {
            String gone = server;
            calls.abandon();
            toSelection(names);
            fail(Texts.GONE, MessageCode.MENU_SERVER_GONE.text(gone));
        } else if (!names.equals(servers)) {
            found(names);
        }
    }

    /** Asks how things stand now, not only at the next second: a server may be gone. */
    void lookForServers() {
        lookout.look();
    }

    /** Makes another server than the current one that. */
    void change(String name) {
        while (!(page() instanceof ServerSelection)) {
            pages.pop();
        }
        select(name);
    }

    void select(String name) {
        server = name;
        area().clear();
        shownAt = null;
        lookout.forgetServer();
        lookout.stopWatching();
        lookout.hurry();
        open(kind.mainMenu());
    }

    /** At the selection no server is the current one. */
    void deselect() {
        server = "";
        lookout.forgetServer();
    }

    private void toSelection(List<String> names) {
        while (pages.size() > 1 && !(page() instanceof ServerSelection)) {
            pages.pop();
        }
        page().enter(this);
        found(names);
    }

    /** The node cannot be worked with any more, for this reason. */
    void lost(String sentence) {
        disconnect();
        fail(Texts.LOST, sentence);
    }

    /** Back to where a node is chosen; what is shown stays. */
    void disconnect() {
        calls.tell(link::close);
        link = null;
        lookout.close();
        deselect();
        pages.clear();
        pages.push(NodePages.selection(List.of(address)));
        node = "";
    }

    // time and keys

    /** Takes what was answered meanwhile, and once a second asks how things stand. */
    public void tick() {
        calls.takeAnswers();
        while (!calls.isBusy() && !over && !typedAhead.isEmpty()) {
            pressIdle(typedAhead.remove());
            screen.layOut();
        }
        if (link != null) {
            lookout.tick();
        }
    }

    /** Takes a key; {@link Key.Kind#GONE} ends it. One that has to wait for an answer is kept until that is there. */
    public void press(Key key) {
        if (key.kind() == Key.Kind.GONE) {
            over = true;
        } else if (screen.isTooSmall()) {
            over = key.kind() == Key.Kind.ESCAPE || key.isLetter('q') || key.isLetter('x');
        } else if (calls.isBusy()) {
            pressBusy(key);
        } else {
            pressIdle(key);
        }
        screen.layOut();
    }

    private void pressBusy(Key key) {
        if (key.kind() == Key.Kind.ESCAPE || key.kind() == Key.Kind.CANCEL) {
            abandon();
        } else if (key.isLetter('x') && !(page() instanceof Form)) {
            over = true;
        } else if (typedAhead.isEmpty() && key.isMove()) {
            pressIdle(key);
        } else if (typedAhead.size() < MOST_TYPED_AHEAD) {
            typedAhead.add(key);
        }
    }

    private void pressIdle(Key key) {
        if (messages.press(key, this)) {
            return;
        }
        if (key.kind() == Key.Kind.PAGE_DOWN) {
            area().turn(1);
        } else if (key.kind() == Key.Kind.PAGE_UP) {
            area().turn(-1);
        } else if (key.isLetter('?') && !(page() instanceof Form)) {
            show(Texts.KEYS_TITLE, Texts.KEYS);
        } else if (isOutOf(key) && shownAt != null && shownAt == page() && isOutermost()) {
            // what is shown there is a level of its own: nobody leaves the menu who only wants to be done with it
            lookout.stopWatching();
            area().clear();
            shownAt = null;
        } else if (!pages.isEmpty()) {
            page().press(key, this);
        }
    }

    private boolean isOutOf(Key key) {
        return key.kind() == Key.Kind.ESCAPE || key.isLetter('q') && !(page() instanceof Form);
    }

    /** Whether the next way back leads out of the menu. */
    private boolean isOutermost() {
        return pages.stream().skip(1).allMatch(page -> page.isPassed(this));
    }

    private void abandon() {
        String doing = calls.doing();
        calls.abandon();
        typedAhead.clear();
        if (pages.isEmpty()) {
            over = true;
        } else {
            fail(doing, MessageCode.MENU_NOT_WAITED_FOR.text());
        }
    }

    /** The keys that can be pressed now. */
    String keys() {
        if (calls.isBusy()) {
            return Texts.BUSY_KEYS;
        }
        if (pages.isEmpty()) {
            return "";
        }
        return messages.isReading() ? messages.keys() : page().keys();
    }

    // the screen

    /** The terminal has this size now. */
    public void resize(int columns, int rows) {
        screen.resize(columns, rows);
    }

    /** What is to be on the screen now. */
    public Frame frame() {
        return screen.frame();
    }
}
