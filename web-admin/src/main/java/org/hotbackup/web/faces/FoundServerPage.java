package org.hotbackup.web.faces;

import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.Refusal;

/**
 * The page of a server that the address names.
 *
 * @param <T> its control bean
 */
abstract class FoundServerPage<T> {

    @Inject
    ControlDirectory control;

    @Inject
    Frame frame;

    private String name;
    private T server;
    private boolean missing;

    /** The server's name, from the address. */
    public String getName() {
        if (name == null) {
            name = FacesContext.getCurrentInstance()
                    .getExternalContext()
                    .getRequestParameterMap()
                    .getOrDefault("name", "");
        }
        return name;
    }

    /** From the state of the view, when a button was pressed. */
    public void setName(String name) {
        this.name = name;
    }

    /**
     * The control bean of a name.
     *
     * @throws Refusal if there is none
     */
    abstract T find(String ofName);

    /** Asks for the server before the page is made, so that a refusal stands on top of it. */
    public void load() {
        isFound();
    }

    /** Whether there is such a server; if not, the page says so. */
    public boolean isFound() {
        if (server == null && !missing) {
            try {
                server = find(getName());
            } catch (Refusal e) {
                missing = true;
                frame.show(e);
            }
        }
        return server != null;
    }

    /** The server; null if there is none. */
    final T found() {
        return isFound() ? server : null;
    }
}
