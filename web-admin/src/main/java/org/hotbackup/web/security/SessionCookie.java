package org.hotbackup.web.security;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;

/**
 * The session's cookie. It is named after the node: cookies do not know ports, and without that the nodes of one machine
 * would log each other's users out. It is sent over TLS only if the log in came over TLS; pages over plain HTTP are for
 * loopback only.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Config config = ConfigProvider.getConfig();
        String node = NodeSettings.of(key -> config.getOptionalValue(key, String.class))
                .find(NodeSetting.NODE_NAME)
                .orElse("node");
        event.getServletContext()
                .getSessionCookieConfig()
                .setName("hot-backup-" + node.replaceAll("[^A-Za-z0-9-]", "-"));
    }

    /** Replaces the container's header: Payara knows SameSite only as a setting of its HTTP listener. */
    static void send(HttpServletRequest request, HttpServletResponse response) {
        String name = request.getServletContext().getSessionCookieConfig().getName();
        String path = request.getContextPath().isEmpty() ? "/" : request.getContextPath();
        response.setHeader(
                "Set-Cookie",
                name + '=' + request.getSession().getId() + "; Path=" + path + "; HttpOnly; SameSite=Strict"
                        + (request.isSecure() ? "; Secure" : ""));
    }
}
