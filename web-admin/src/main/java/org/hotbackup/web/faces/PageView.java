package org.hotbackup.web.faces;

import jakarta.faces.annotation.RequestParameterMap;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.Refusal;

/**
 * What the views of the pages have in common: the address, the control beans, and that a refusal becomes a sentence on the page.
 * What is asked for is asked once a request, because Faces asks often.
 */
abstract class PageView {

    @Inject
    ControlDirectory control;

    @Inject
    @RequestParameterMap
    Map<String, String> given;

    @Inject
    Frame frame;

    private boolean refused;

    final Address address() {
        return new Address(given);
    }

    /** Asks for what the page shows, before it is made: so that what was refused stands on top of it. */
    public abstract void load();

    /** What the control beans answer; if they refuse, {@code otherwise}, and the page says why, once. */
    final <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (Refusal e) {
            if (!refused) {
                refused = true;
                frame.show(e);
            }
            return otherwise;
        }
    }

    /** Whether something was refused, so that nobody knows whether there is anything to show. */
    public boolean isRefused() {
        return refused;
    }

    /** A time of the contract (ISO-8601 in UTC) to the second, for people. */
    public String time(String instant) {
        return Figures.withTimes(instant);
    }

    /** Names of the servers of one type, sorted. */
    final List<String> servers(String type) {
        return ask(
                () -> control.node().getServerNames().stream()
                        .filter(name -> control.server(name).getServerType().equals(type))
                        .sorted()
                        .toList(),
                List.of());
    }
}
