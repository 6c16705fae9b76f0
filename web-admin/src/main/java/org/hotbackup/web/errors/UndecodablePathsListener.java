package org.hotbackup.web.errors;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.util.Mapper;

/**
 * Puts {@link UndecodablePaths} before the container while the application is deployed: at the first request, because a node
 * listens only when the application is there, and its own start asks first whether it is ready. Payara offers nothing for that to
 * applications, so its own objects are asked by their names; a container that has others keeps its own answer.
 */
@WebListener
public class UndecodablePathsListener implements ServletContextListener, ServletRequestListener {

    private static final Logger LOGGER = Logger.getLogger(UndecodablePathsListener.class.getName());

    private final AtomicBoolean asked = new AtomicBoolean();

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (asked.compareAndSet(false, true)) {
            change(UndecodablePaths::new);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        change(handler -> handler instanceof UndecodablePaths ours ? ours.container() : handler);
    }

    private static void change(UnaryOperator<HttpHandler> change) {
        try {
            for (Object mapper : mappers()) {
                Method get = mapper.getClass().getMethod("getHttpHandler");
                if (get.invoke(mapper) instanceof HttpHandler handler) {
                    mapper.getClass()
                            .getMethod("setHttpHandler", HttpHandler.class)
                            .invoke(mapper, change.apply(handler));
                }
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            LOGGER.log(
                    Level.WARNING,
                    "Paths that cannot be decoded, or lead elsewhere, get the container''s own answer: {0}",
                    e.toString());
        }
    }

    /** One for each HTTP listener. */
    private static List<?> mappers() throws ReflectiveOperationException {
        Object services = Class.forName("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        return (List<?>) Class.forName("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getAllServices", Class.class, Annotation[].class)
                .invoke(services, Mapper.class, new Annotation[0]);
    }
}
