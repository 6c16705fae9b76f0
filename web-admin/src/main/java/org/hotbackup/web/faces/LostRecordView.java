package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.UpdateContent;

/** One record of lost+found: why it is there, what it holds, and what replaying it would change now. */
@Named("lostRecord")
@RequestScoped
public class LostRecordView extends ContentView {

    private String description;
    private String trial;

    public String getId() {
        return address().text("id");
    }

    /** Its attributes, a line each; empty if it is not there (any more). */
    public String getDescription() {
        if (description == null) {
            description = ask(
                    () -> control.lostAndFound()
                            .show(getId())
                            .lines()
                            .takeWhile(line -> !line.startsWith(" "))
                            .reduce("", (text, line) -> text.isEmpty() ? line : text + "\n" + line),
                    "");
        }
        return description;
    }

    /** What replaying would change, a line for each update; empty if the address does not ask for it. */
    public String getTrial() {
        if (trial == null) {
            trial = address().has("try") ? ask(() -> control.lostAndFound().tryReplay(getId()), "") : "";
        }
        return trial;
    }

    @Override
    List<UpdateContent> contents(int after, int limit) {
        return control.lostAndFound().contents(getId(), after, 0, limit);
    }

    @Override
    public void load() {
        getDescription();
        getTrial();
        getUpdates();
    }
}
