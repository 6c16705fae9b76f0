package org.hotbackup.testing;

import java.awt.Component;
import java.awt.Rectangle;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractButton;
import javax.swing.JCheckBox;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.SwingUtilities;

/**
 * Works in a VisualVM that a test started, as its user's hand: accepts the licence, adds a JMX connection, opens the Monitor tab
 * of the node and keeps a picture of it. It prints a line for each thing it did. An agent of that JVM.
 */
public final class VisualVmHand {

    private static final String NAME = "node";

    private VisualVmHand() {}

    /**
     * Begins.
     *
     * @param words address, user, password and the picture's file, divided by tabs
     */
    public static void premain(String words) {
        SwingHand.begin(() -> work(words.split("\t")));
    }

    private static void work(String... words) throws Exception {
        SwingHand.await("button Add JMX Connection", VisualVmHand::addConnection);
        SwingHand.await("dialog", () -> fillIn(words[0], words[1], words[2]));
        SwingHand.await("OK", () -> press("OK"));
        SwingHand.await("connection", VisualVmHand::open);
        // without a connection there is no such tab
        SwingHand.await("tab Monitor", () -> SwingHand.openTab("Monitor"));
        SwingHand.OUT.println("connected as " + words[1] + "@" + words[0]);
        SwingHand.keepPicture(new File(words[3]));
        SwingHand.OUT.println("showed Monitor");
    }

    private static boolean addConnection() {
        press("I Accept");
        return click(SwingHand.find(
                AbstractButton.class,
                button -> button.isShowing()
                        && button.getToolTipText() != null
                        && button.getToolTipText().startsWith("Add JMX Connection")));
    }

    private static boolean press(String text) {
        return click(SwingHand.find(
                AbstractButton.class,
                button -> button.isShowing() && button.isEnabled() && text.equals(button.getText())));
    }

    /** Not at once: a click that opens a dialog lasts as long as the dialog. */
    private static boolean click(Optional<AbstractButton> button) {
        button.ifPresent(found -> SwingUtilities.invokeLater(found::doClick));
        return button.isPresent();
    }

    private static boolean fillIn(String address, String user, String password) {
        List<JCheckBox> choices = SwingHand.all(JCheckBox.class, Component::isShowing);
        List<JTextField> fields =
                SwingHand.all(JTextField.class, field -> field.isShowing() && !(field instanceof JPasswordField));
        Optional<JPasswordField> secret = SwingHand.find(JPasswordField.class, Component::isShowing);
        Optional<JCheckBox> named = choices.stream()
                .filter(one -> one.getText().startsWith("Display name"))
                .findFirst();
        Optional<JCheckBox> secured = choices.stream()
                .filter(one -> one.getText().startsWith("Use security"))
                .findFirst();
        if (fields.size() != 3 || secret.isEmpty() || named.isEmpty() || secured.isEmpty()) {
            return false;
        }
        fields.get(0).setText(address);
        named.get().setSelected(true);
        fields.get(1).setText(NAME);
        secured.get().setSelected(true);
        fields.get(2).setText(user);
        secret.get().setText(password);
        return true;
    }

    /** Two clicks open what stands in the tree. */
    private static boolean open() {
        Optional<JTree> tree = SwingHand.find(JTree.class, Component::isShowing);
        for (int row = 0; tree.isPresent() && row < tree.get().getRowCount(); row++) {
            if (String.valueOf(tree.get().getPathForRow(row).getLastPathComponent())
                    .startsWith(NAME)) {
                Rectangle place = tree.get().getRowBounds(row);
                tree.get().setSelectionRow(row);
                for (int kind :
                        List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
                    tree.get()
                            .dispatchEvent(new MouseEvent(
                                    tree.get(),
                                    kind,
                                    System.currentTimeMillis(),
                                    InputEvent.BUTTON1_DOWN_MASK,
                                    (int) place.getCenterX(),
                                    (int) place.getCenterY(),
                                    2,
                                    false,
                                    MouseEvent.BUTTON1));
                }
                return true;
            }
        }
        return false;
    }
}
