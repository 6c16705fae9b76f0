package org.hotbackup.menu;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The menu on the terminal of this process. */
public final class MenuTerminal {

    private static final long KEY_MILLIS = 50;
    private static final long FAREWELL_SECONDS = 1;
    private static final List<Capability> RESTORING =
            List.of(Capability.cursor_normal, Capability.keypad_local, Capability.exit_ca_mode);

    private final Terminal terminal;
    private final Session session;
    private final Display display;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch left = new CountDownLatch(1);
    private Frame shown;

    private MenuTerminal(Terminal terminal, Session session) {
        this.terminal = terminal;
        this.session = session;
        this.display = new Display(terminal, true);
    }

    /** Whether this process has a terminal, for input and output. */
    public static boolean isThere() {
        return System.console() != null;
    }

    /**
     * Runs the menu until somebody leaves it.
     *
     * @param kind the servers that it is for
     * @param nodes those that can be worked with
     * @param node one of them, empty to choose one if several run
     * @throws Refusal if the terminal cannot be used, or there is no node to work with
     */
    public static void run(ServerKind kind, Nodes nodes, Optional<String> node) {
        ExecutorService elsewhere = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "hot-backup menu");
            thread.setDaemon(true);
            return thread;
        });
        Session session = new Session(kind, nodes, elsewhere, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            session.begin(node);
            if (canPlaceCursor(terminal)) {
                new MenuTerminal(terminal, session).run();
            } else {
                BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.input(), terminal.encoding()));
                new LineMode(session, lines, terminal.writer(), MenuTerminal::echo).run();
            }
        } catch (IOException e) {
            throw new Refusal(MessageCode.MENU_TERMINAL_FAILED, e.getMessage());
        } finally {
            leave(session, elsewhere);
        }
        session.farewell().ifPresent(e -> {
            throw e;
        });
    }

    private static boolean canPlaceCursor(Terminal terminal) {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
                && terminal.getStringCapability(Capability.cursor_address) != null;
    }

    /** Of a dumb terminal the library keeps settings of its own, which the real one does not follow. */
    private static void echo(boolean seen) {
        try {
            new ProcessBuilder("stty", seen ? "echo" : "-echo")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new Refusal(MessageCode.MENU_TERMINAL_FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node that does not answer is not waited for. */
    private static void leave(Session session, ExecutorService elsewhere) {
        elsewhere.execute(session::close);
        elsewhere.shutdown();
        try {
            elsewhere.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws IOException {
        Attributes before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        // a stopped process would leave its screen behind, and a thread dump would be written across it
        raw.setControlChar(ControlChar.VSUSP, 0);
        raw.setControlChar(ControlChar.VQUIT, 0);
        terminal.setAttributes(raw);
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        terminal.handle(Signal.INT, signal -> interrupted.set(true));
        Thread atEnd = new Thread(this::leaveOnTermination, "hot-backup menu end");
        Runtime.getRuntime().addShutdownHook(atEnd);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        try {
            serve();
        } finally {
            RESTORING.forEach(terminal::puts);
            terminal.flush();
            terminal.setAttributes(before);
            left.countDown();
            if (!interrupted.get()) {
                Runtime.getRuntime().removeShutdownHook(atEnd);
            }
        }
    }

    /** The process ends without the menu having been left, with kill for example: the screen is given back all the same. */
    private void leaveOnTermination() {
        interrupted.set(true);
        try {
            if (left.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (Capability capability : RESTORING) {
                String sequence = terminal.getStringCapability(capability);
                if (sequence != null) {
                    out.write(Curses.tputs(sequence).getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // the terminal is gone, and nothing is left to give back
        }
    }

    private void serve() throws IOException {
        KeyReader keys = new KeyReader(terminal.reader()::read);
        while (!session.isOver() && !interrupted.get()) {
            if (resized.getAndSet(false)) {
                resize();
            }
            session.tick();
            if (session.isOver()) {
                return;
            }
            draw();
            Optional<Key> key = keys.read(KEY_MILLIS);
            if (key.isPresent()) {
                if (key.get().kind() == Key.Kind.REDRAW) {
                    resized.set(true);
                }
                session.press(key.get());
            }
        }
    }

    private void resize() {
        Size size = terminal.getSize();
        boolean unknown = size.getColumns() <= 0 || size.getRows() <= 0;
        int columns = unknown ? Screen.LEAST_COLUMNS : size.getColumns();
        int rows = unknown ? Screen.LEAST_ROWS : size.getRows();
        session.resize(columns, rows);
        display.clear();
        display.resize(rows, columns);
        shown = null;
    }

    private void draw() {
        Frame frame = session.frame();
        if (frame.equals(shown)) {
            return;
        }
        terminal.puts(Capability.cursor_invisible);
        int cursor = frame.hasCursor() ? terminal.getSize().cursorPos(frame.cursorRow(), frame.cursorColumn()) : 0;
        display.update(frame.lines(), cursor);
        if (frame.hasCursor()) {
            terminal.puts(Capability.cursor_normal);
        }
        terminal.flush();
        shown = frame;
    }
}
