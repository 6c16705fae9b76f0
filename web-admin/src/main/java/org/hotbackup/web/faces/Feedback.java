package org.hotbackup.web.faces;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.Refusal;

/**
 * What operations answered, until a page has shown it: it outlives the redirect that follows a change, so that asking for the
 * page again repeats nothing. Thread-safe.
 */
@Named("feedback")
@SessionScoped
public class Feedback implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 20;

    /**
     * One answer as pages show it.
     *
     * @param style its class in the style sheet: done, accepted or refused
     * @param id of the message
     * @param text the sentence
     */
    public record Line(String style, String id, String text) implements Serializable {

        public String getStyle() {
            return style;
        }

        public String getId() {
            return id;
        }

        public String getText() {
            return text;
        }

        /** Whether screen readers interrupt for it. */
        public boolean isRefused() {
            return style.equals("refused");
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /** Keeps an answer. */
    public void show(OperationReceipt receipt) {
        String style =
                switch (receipt.outcome()) {
                    case DONE -> "done";
                    case ACCEPTED -> "accepted";
                    case REFUSED -> "refused";
                };
        add(new Line(style, receipt.messageId(), receipt.message()));
    }

    /** Keeps why something was refused. */
    public void show(Refusal refusal) {
        add(new Line("refused", refusal.code().id(), refusal.getMessage()));
    }

    private synchronized void add(Line line) {
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    /** What was not shown yet; it is afterwards. */
    public synchronized List<Line> take() {
        List<Line> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
