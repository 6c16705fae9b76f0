package org.hotbackup.testing;

import java.io.File;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractButton;
import javax.swing.JInternalFrame;
import javax.swing.JPasswordField;
import javax.swing.JRadioButton;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreePath;

/**
 * Works in a JConsole that a test started, as its user's hand: fills in the dialog, opens the MBeans, and keeps pictures. It
 * prints a line for each thing it did. An agent of that JVM.
 */
public final class JConsoleHand {

    private JConsoleHand() {}

    /**
     * Begins.
     *
     * @param words address, user, password and picture folder, divided by tabs, then the path of each node of the tree to show,
     *     its parts divided by slashes
     */
    public static void premain(String words) {
        SwingHand.begin(() -> work(words.split("\t")));
    }

    private static void work(String... words) throws Exception {
        SwingHand.await("dialog", () -> connect(words[0], words[1], words[2]));
        String title = words[1] + "@" + words[0];
        SwingHand.await("connection", () -> SwingHand.find(
                        JInternalFrame.class, frame -> frame.getTitle().equals(title))
                .isPresent());
        SwingHand.OUT.println("connected as " + title);
        SwingHand.await("tab", () -> SwingHand.openTab("MBeans"));
        for (int i = 4; i < words.length; i++) {
            String path = words[i];
            SwingHand.await(path, () -> select(path));
            SwingHand.keepPicture(new File(
                    words[3], "jconsole-" + path.replaceAll("[^A-Za-z]+", "-").toLowerCase() + ".png"));
            SwingHand.OUT.println("showed " + path);
        }
    }

    private static boolean connect(String address, String user, String password) {
        List<JRadioButton> kinds = SwingHand.all(JRadioButton.class, button -> true);
        List<JTextField> fields = SwingHand.all(JTextField.class, field -> !(field instanceof JPasswordField));
        Optional<JPasswordField> secret = SwingHand.find(JPasswordField.class, field -> true);
        Optional<AbstractButton> connect =
                SwingHand.find(AbstractButton.class, button -> "Connect".equals(button.getText()));
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

    private static boolean select(String path) {
        Optional<JTree> tree = SwingHand.find(JTree.class, one -> one.isShowing());
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
}
