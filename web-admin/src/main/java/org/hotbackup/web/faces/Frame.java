package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.Refusal;
import org.primefaces.context.PrimeFacesContext;

/** What stands around every page: which node this is, its role, what was answered, and as of when. */
@Named("frame")
@RequestScoped
public class Frame {

    private static final DateTimeFormatter AS_OF = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** In the order of the navigation; each has a name among the texts. */
    private static final List<String> PAGES = List.of(
            "index",
            "servers",
            "queue",
            "updates",
            "lost-found",
            "log",
            "verify",
            "promote",
            "tapes",
            "activity",
            "notices",
            "audit",
            "users",
            "operations");

    @Inject
    ControlDirectory control;

    @Inject
    Feedback feedback;

    private List<Feedback.Line> lines;

    /** The node's name. */
    public String getName() {
        return control.node().getName();
    }

    /** The version of Hot Backup. */
    public String getVersion() {
        return control.node().getVersion();
    }

    /** The role's word: a key of the texts and a class in the style sheet. */
    public String getRole() {
        return control.node().getRole();
    }

    /** The epoch. */
    public long getEpoch() {
        return control.node().getEpoch();
    }

    /** Whether users may update. */
    public boolean isOpen() {
        return control.node().isOpenForUpdates();
    }

    /** Why they may not. */
    public String getClosedReason() {
        return control.node().getClosedReason();
    }

    /** The pages that the navigation leads to. */
    public List<Link> getLinks() {
        String here = getPage();
        return PAGES.stream()
                .map(page -> new Link(page + ".xhtml", Texts.get("page." + page), page.equals(here)))
                .toList();
    }

    /**
     * A page in the navigation.
     *
     * @param href its address
     * @param text its name
     * @param here whether it is the one that is shown
     */
    public record Link(String href, String text, boolean here) {

        public String getHref() {
            return href;
        }

        public String getText() {
            return text;
        }

        public boolean isHere() {
            return here;
        }
    }

    /** When the page was made, for machines. */
    public String getInstant() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** When the page was made. */
    public String getAsOf() {
        return AS_OF.format(Instant.now());
    }

    /** What operations answered and no page has shown yet. */
    public List<Feedback.Line> getLines() {
        if (lines == null) {
            lines = feedback.take();
        }
        return lines;
    }

    /** Lets this very page say why something was refused. */
    public void show(Refusal refusal) {
        feedback.show(refusal);
        takeMore();
    }

    /** Lets this very page show an answer. */
    public void show(OperationReceipt receipt) {
        feedback.show(receipt);
        takeMore();
    }

    private void takeMore() {
        List<Feedback.Line> all = new ArrayList<>(lines == null ? List.of() : lines);
        all.addAll(feedback.take());
        lines = all;
    }

    /** Whether the page refreshes itself. */
    public boolean isRefreshing() {
        return !parameters().containsKey("paused");
    }

    private static Map<String, String> parameters() {
        return FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    }

    /** The page's name: {@code index} of {@code /index.xhtml}. */
    public String getPage() {
        String view = FacesContext.getCurrentInstance().getViewRoot().getViewId();
        return view.substring(1, view.length() - ".xhtml".length());
    }

    /** The parameters of the page's address, as far as it declares them: its forms repeat them. */
    public List<Map.Entry<String, String>> getAddress() {
        Map<String, String> given = parameters();
        return ViewMetadata.getViewParameters(FacesContext.getCurrentInstance().getViewRoot()).stream()
                .map(UIViewParameter::getName)
                .filter(given::containsKey)
                .map(name -> Map.entry(name, given.get(name)))
                .toList();
    }

    /** The page with its parameters, as addresses name it. */
    public String getHere() {
        FacesContext context = FacesContext.getCurrentInstance();
        String address = context.getApplication()
                .getViewHandler()
                .getBookmarkableURL(context, context.getViewRoot().getViewId(), Map.of(), true);
        return address.substring(
                context.getExternalContext().getRequestContextPath().length());
    }

    /** Lets the scripts of PrimeFaces run, and a form be sent by a browser without scripts. */
    public String getNonce() {
        return PrimeFacesContext.getCspState(FacesContext.getCurrentInstance()).getNonce();
    }
}
