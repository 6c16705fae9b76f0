package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.NodeCertificate;
import org.hotbackup.control.NodeUser;
import org.hotbackup.control.Role;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.web.security.PageUser;

/** Who may come in, for admins, and how the node's own security stands, for everybody. */
@Named("users")
@RequestScoped
public class UsersView extends PageView {

    private static final int LINES = 100;

    @Inject
    PageUser user;

    private List<NodeUser> users;
    private List<CertificateRow> certificates;

    @Override
    public void load() {
        getCertificates();
        getUsers();
    }

    /** The figures that everybody may read. */
    public SecurityMXBean getBean() {
        return control.security();
    }

    /** The certificates of the node and of its peers; none if one cannot be read, which the page says then. */
    public List<CertificateRow> getCertificates() {
        if (certificates == null) {
            certificates = ask(() -> control.security().certificates(), List.<NodeCertificate>of()).stream()
                    .map(CertificateRow::new)
                    .toList();
        }
        return certificates;
    }

    /** Whether the users are shown: only an admin may read them. */
    public boolean isShown() {
        return user.may(Role.ADMIN);
    }

    /** Users in the order of their names, from where the address says. */
    public List<NodeUser> getUsers() {
        if (users == null) {
            users = isShown()
                    ? ask(
                            () -> control.security()
                                    .users(address().text("after"), address().limit(LINES)),
                            List.of())
                    : List.of();
        }
        return users;
    }

    /** Where to go on; empty at the end. */
    public String getNext() {
        boolean full = getUsers().size() == ask(() -> address().limit(LINES), LINES);
        return full ? users.get(users.size() - 1).name() : "";
    }
}
