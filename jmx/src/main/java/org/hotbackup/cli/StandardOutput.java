package org.hotbackup.cli;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Where bytes go that are no text: to whoever reads the command's output, exactly as they are. */
final class StandardOutput {

    private StandardOutput() {}

    /**
     * Writes bytes.
     *
     * @throws Refusal if nobody reads them any more
     */
    static void write(byte[] bytes) {
        System.out.writeBytes(bytes);
        System.out.flush();
        if (System.out.checkError()) {
            throw new Refusal(MessageCode.FILE_UNWRITABLE, "standard output", "it was closed");
        }
    }
}
