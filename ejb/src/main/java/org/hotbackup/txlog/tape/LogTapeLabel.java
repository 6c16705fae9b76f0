package org.hotbackup.txlog.tape;

import org.hotbackup.tape.LogTapeLayout;
import org.hotbackup.tape.TapeLabel;

/** What the label of a log tape says: whose log it is, its epoch and where it begins. */
final class LogTapeLabel {

    private LogTapeLabel() {}

    /** A name that is too long for it is cut; the record behind the label has it whole. */
    static String text(String node, long epoch, long firstLsn) {
        String behind = " EPOCH " + epoch + " LSN " + firstLsn;
        int most = Math.max(0, TapeLabel.TEXT_BYTES - LogTapeLayout.LABEL.length() - behind.length());
        return LogTapeLayout.LABEL + node.substring(0, Math.min(node.length(), most)) + behind;
    }
}
