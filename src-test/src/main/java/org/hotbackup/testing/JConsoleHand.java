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
import java.util.Enumeration;
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
import javax.swing.JPasswordField;
import javax.swing.JRadioButton;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreePath;

/**
 * Works in a JConsole that a test started, as its user's hand: fills in the dialog, opens the MBeans, and keeps pictures. It
 * prints a line for each thing it did, and ends the console. An agent of that JVM: it knows nothing of the test but this class.
 */
public final class JConsoleHand {

    /** JConsole takes what is printed for itself. */
    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAINTED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private JConsoleHand() {}

    /**
     * Begins.
     *
     * @param words address, user, password and picture folder, divided by tabs, then the path of each node of the tree to show,
     *     its parts divided by slashes
     */
    public static void premain(String words) {
        Thread hand = new Thread(() -> work(words.split("\t")), "hand");
        hand.setDaemon(true);
        hand.start();
    }

    private static void work(String... words) {
        try {
            await("dialog", () -> connect(words[0], words[1], words[2]));
            String title = words[1] + "@" + words[0];
            await("connection", () -> find(
                            JInternalFrame.class, frame -> frame.getTitle().equals(title))
                    .isPresent());
            OUT.println("connected as " + title);
            await("tab", JConsoleHand::openMBeans);
            for (int i = 4; i < words.length; i++) {
                String path = words[i];
                await(path, () -> select(path));
                LockSupport.parkNanos(PAINTED_NANOS);
                keepPicture(new File(
                        words[3],
                        "jconsole-" + path.replaceAll("[^A-Za-z]+", "-").toLowerCase() + ".png"));
                OUT.println("showed " + path);
            }
        } catch (Exception e) {
            OUT.println("failed: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void await(String what, Callable<Boolean> done) throws Exception {
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

    private static boolean connect(String address, String user, String password) {
        List<JRadioButton> kinds = all(JRadioButton.class, button -> true);
        List<JTextField> fields = all(JTextField.class, field -> !(field instanceof JPasswordField));
        Optional<JPasswordField> secret = find(JPasswordField.class, field -> true);
        Optional<AbstractButton> connect = find(AbstractButton.class, button -> "Connect".equals(button.getText()));
        if (kinds.size() != 2 || fields.size() != 2 || secret.isEmpty() || connect.isEmpty()) {
            return false;
        }
        kinds.get(1).doClick();
        fields.get(0).setText(address);
        fields.get(1).setText(user);
        secret.get().setText(password);
        connect.get().doClick();
        return true;
    }

    private static boolean openMBeans() {
        for (JTabbedPane tabs : all(JTabbedPane.class, pane -> true)) {
            int place = tabs.indexOfTab("MBeans");
            if (place >= 0) {
                tabs.setSelectedIndex(place);
                return true;
            }
        }
        return false;
    }

    private static boolean select(String path) {
        Optional<JTree> tree = find(JTree.class, one -> one.isShowing());
        if (tree.isEmpty()) {
            return false;
        }
        DefaultMutableTreeNode at =
                (DefaultMutableTreeNode) tree.get().getModel().getRoot();
        for (String part : path.split("/")) {
            Optional<DefaultMutableTreeNode> child = child(at, part);
            if (child.isEmpty()) {
                return false;
            }
            at = child.get();
            tree.get().expandPath(new TreePath(at.getPath()));
        }
        tree.get().setSelectionPath(new TreePath(at.getPath()));
        tree.get().scrollPathToVisible(new TreePath(at.getPath()));
        return true;
    }

    private static Optional<DefaultMutableTreeNode> child(DefaultMutableTreeNode of, String name) {
        for (Enumeration<?> children = of.children(); children.hasMoreElements(); ) {
            DefaultMutableTreeNode child = (DefaultMutableTreeNode) children.nextElement();
            if (name.equals(String.valueOf(child.getUserObject()))) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private static void keepPicture(File file) throws Exception {
        BufferedImage picture = new Robot()
                .createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()));
        ImageIO.write(picture, "png", file);
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        all(AbstractButton.class, button -> button.isShowing()).forEach(button -> texts.add(button.getText()));
        all(JInternalFrame.class, frame -> true).forEach(frame -> texts.add(frame.getTitle()));
        return texts;
    }

    private static <T> Optional<T> find(Class<T> kind, Predicate<T> which) {
        return all(kind, which).stream().findFirst();
    }

    private static <T> List<T> all(Class<T> kind, Predicate<T> which) {
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
