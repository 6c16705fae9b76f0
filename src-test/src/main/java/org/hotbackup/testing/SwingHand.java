package org.hotbackup.testing;

import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JInternalFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;

/**
 * A hand in a Swing program that a test started: finds what is on the screen, waits for it, and keeps pictures. Its lines go to
 * the program's output. It is loaded into that JVM with the hand that uses it, and knows nothing else of the test.
 */
final class SwingHand {

    /** The last line of each hand. Only the test can end the program: some keep their JVM from being halted. */
    static final String DONE = "the hand is done";

    /** The first line of each hand, and the id of the program's process. */
    static final String PROCESS = "the hand is in process ";

    /** Programs take what is printed for themselves. */
    static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAINTED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private SwingHand() {}

    /** What a hand does; it may wait for the screen. */
    interface Work {

        /** Does it. */
        void run() throws Exception;
    }

    /** Begins to work, beside the program; the line {@link #DONE} says that nothing more will come. */
    static void begin(Work work) {
        OUT.println(PROCESS + ProcessHandle.current().pid());
        Thread hand = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        OUT.println("failed: " + e);
                    }
                    OUT.println(DONE);
                },
                "hand");
        hand.setDaemon(true);
        hand.start();
    }

    /** Tries it, on the thread of the screen, until it succeeds. */
    static void await(String what, Callable<Boolean> done) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            FutureTask<Boolean> look = new FutureTask<>(done);
            SwingUtilities.invokeAndWait(look);
            if (look.get()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no " + what + "; there is " + texts());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Chooses the tab with this title, if there is one. */
    static boolean openTab(String title) {
        for (JTabbedPane tabs : all(JTabbedPane.class, Component::isShowing)) {
            for (int place = 0; place < tabs.getTabCount(); place++) {
                if (title.equals(tabs.getTitleAt(place).strip())) {
                    tabs.setSelectedIndex(place);
                    return true;
                }
            }
        }
        return false;
    }

    /** Keeps a picture of the screen once it is painted. */
    static void keepPicture(File file) throws Exception {
        LockSupport.parkNanos(PAINTED_NANOS);
        BufferedImage picture = new Robot()
                .createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()));
        ImageIO.write(picture, "png", file);
    }

    /** What buttons and frames say now. */
    static List<String> texts() {
        List<String> texts = new ArrayList<>();
        all(AbstractButton.class, button -> button.isShowing()).forEach(button -> texts.add(button.getText()));
        all(JInternalFrame.class, frame -> true).forEach(frame -> texts.add(frame.getTitle()));
        return texts;
    }

    /** The first of this kind. */
    static <T> Optional<T> find(Class<T> kind, Predicate<T> which) {
        return all(kind, which).stream().findFirst();
    }

    /** All of this kind, in any window. */
    static <T> List<T> all(Class<T> kind, Predicate<T> which) {
        List<T> found = new ArrayList<>();
        for (Window window : Window.getWindows()) {
            collect(window, kind, which, found);
        }
        return found;
    }

    private static <T> void collect(Component at, Class<T> kind, Predicate<T> which, List<T> found) {
        if (kind.isInstance(at) && which.test(kind.cast(at))) {
            found.add(kind.cast(at));
        }
        if (at instanceof Container container) {
            for (Component child : container.getComponents()) {
                collect(child, kind, which, found);
            }
        }
    }
}
