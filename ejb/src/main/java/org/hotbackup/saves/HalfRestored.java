package org.hotbackup.saves;

import org.hotbackup.model.DynamicArray;

/**
 * What is half restored, or being restored, and which command does it: the command is kept with it, so that the same can be given again.
 * Attributes of the mark never move; new ones are added behind.
 *
 * @param name the account, or {@code dm,file}
 * @param onTape the account's name on the tape
 * @param kind the command, in the manual's word; empty if it is not known: the mark is one of a version that did not keep it
 * @param device the tape device
 * @param letters the command's option letters
 * @param task the id of its task
 */
public record HalfRestored(String name, String onTape, String kind, String device, String letters, String task) {

    private static final String TEXT = "this is being restored, or half restored";
    private static final int ON_TAPE = 2;
    private static final int KIND = 3;
    private static final int DEVICE = 4;
    private static final int LETTERS = 5;
    private static final int TASK = 6;

    /** By a command, of nothing yet. */
    public static HalfRestored by(String kind, String device, String letters, String task) {
        return new HalfRestored("", "", kind, device, letters, task);
    }

    /** The same command's, of another account or file. */
    HalfRestored of(String account, String there) {
        return new HalfRestored(account, there, kind, device, letters, task);
    }

    /** What the mark says. */
    static HalfRestored in(String name, byte[] mark) {
        DynamicArray item = DynamicArray.of(mark);
        return new HalfRestored(
                name,
                item.extract(ON_TAPE),
                item.extract(KIND),
                item.extract(DEVICE),
                item.extract(LETTERS),
                item.extract(TASK));
    }

    /** The mark. */
    byte[] mark() {
        return DynamicArray.ofAttributes(TEXT, onTape, kind, device, letters, task)
                .bytes();
    }

    /** Whether it is a file of account {@code dm}. */
    public boolean isFile() {
        return name.contains(",");
    }

    /**
     * What restores it again, without the program's name.
     *
     * @param node on which, which is confirmed where the command asks for that
     */
    public String command(String node) {
        boolean ofOne = kind.equals("account-restore") || kind.isEmpty() && !isFile();
        StringBuilder words = new StringBuilder(kind.isEmpty() ? ofOne ? "account-restore" : "restore" : kind);
        if (ofOne) {
            words.append(' ').append(onTape.isEmpty() ? name : onTape);
            if (!onTape.isEmpty() && !onTape.equals(name)) {
                words.append(' ').append(name);
            }
        }
        words.append(" --device ").append(device.isEmpty() ? "DEVICE" : device);
        if (letters.contains("o")) {
            words.append(" --overwrite");
        }
        if (letters.contains("a")) {
            words.append(" --positioned");
        }
        if (words.indexOf("restore ") == 0) {
            words.append(" --confirm ").append(node).append(" --reason again");
        }
        return words.append(" --node ").append(node).toString();
    }
}
