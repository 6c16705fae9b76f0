package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.Refusal;

/** All operations of all control beans, as a JMX console lists them. */
@Named("everything")
@RequestScoped
public class OperationsView {

    @Inject
    ControlDirectory control;

    @Inject
    ControlBeans beans;

    private List<Bean> all;

    /** The beans there are. */
    public List<Bean> getBeans() {
        if (all == null) {
            all = new ArrayList<>();
            for (Method kind : ControlBeans.kinds()) {
                if (kind.getParameterCount() == 0) {
                    all.add(new Bean(kind.getName(), "", Operation.all(kind.getReturnType())));
                } else {
                    names().sorted()
                            .filter(name -> exists(kind.getName(), name))
                            .map(name -> new Bean(kind.getName(), name, Operation.all(kind.getReturnType())))
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    /** Of everything that there are several of: the servers of hot-backup and those of tape-socket. */
    private Stream<String> names() {
        return Stream.concat(control.node().getServerNames().stream(), control.tapeSocket().getServerNames().stream())
                .distinct();
    }

    private boolean exists(String kind, String name) {
        try {
            beans.bean(kind, name);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    /**
     * A control bean.
     *
     * @param kind as addresses call it
     * @param name empty if it is the only one of its kind
     * @param operations by name
     */
    public record Bean(String kind, String name, List<Operation> operations) {

        public String getKind() {
            return kind;
        }

        public String getName() {
            return name;
        }

        public List<Operation> getOperations() {
            return operations;
        }

        /** The kind in words. */
        public String getLabel() {
            String words = kind.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
    }
}
