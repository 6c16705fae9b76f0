package org.hotbackup.cli;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/** One that throws something away, and wants to know why; with option q nobody is asked (TS-006). */
abstract class ReasonedTapeVerb extends AskingTapeVerb {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; it stands in ts.log,log. With option q it may be left out.")
    String reason;

    /** Why, as given or asked for. */
    final String reasoned() {
        if (reason != null) {
            return reason;
        }
        return isQuiet() ? MessageCode.QUIET_REASON.text() : asked("Reason: ", new Refusal(MessageCode.REASON_MISSING));
    }
}
