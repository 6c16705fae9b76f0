package org.hotbackup.control;

import java.util.Optional;

/**
 * Who asks the node for something, and from where. A surface inside the node binds it to the thread of each request, after
 * it has made sure who that is; callers over JMX are known by their connection.
 *
 * @param name the user; empty for a stranger
 * @param surface by which he comes: {@code jmx}, {@code cli}, {@code web} or {@code rest}
 * @param address the host that he comes from, empty if it is not known
 */
public record Caller(String name, String surface, String address) {

    private static final ThreadLocal<Caller> CURRENT = new ThreadLocal<>();

    /** Who asks on this thread, as its surface said. */
    public static Optional<Caller> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** What is done for a caller. */
    @FunctionalInterface
    public interface Request<X extends Exception, Y extends Exception> {
        /** Does it. */
        void run() throws X, Y;
    }

    /** Does something for this caller on this thread. */
    public <X extends Exception, Y extends Exception> void during(Request<X, Y> request) throws X, Y {
        Caller before = CURRENT.get();
        CURRENT.set(this);
        try {
            request.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
