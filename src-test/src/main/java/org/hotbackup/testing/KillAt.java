package org.hotbackup.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills a node at a step of an operation: when a method of it is entered, before its first line. The node listens for a
 * Java debugger ({@link TestNode#startForDebugger}), so the product needs no hooks for it.
 */
public final class KillAt {

    private static final long PATIENCE_SECONDS = 120;

    private final TestNode node;
    private final Step step;
    private final VirtualMachine machine;
    private final Set<ReferenceType> watched = new HashSet<>();

    /**
     * Where an operation is stopped.
     *
     * @param className the class that declares the method
     * @param method its name; the first of that name that the class declares
     * @param time when it is entered for this time since it is watched, from 1
     */
    public record Step(String className, String method, int time) {

        /** When the method is entered for the first time. */
        public static Step entry(String className, String method) {
            return new Step(className, method, 1);
        }

        @Override
        public String toString() {
            return className.substring(className.lastIndexOf('.') + 1) + "." + method + ", time " + time;
        }
    }

    private KillAt(TestNode node, Step step) {
        this.node = node;
        this.step = step;
        this.machine = attach(node.debuggerPort());
    }

    /**
     * Lets an operation run into its end.
     *
     * @param operation what leads to the step; what it throws when its node is gone does not count
     * @throws AssertionError if the step is not reached
     */
    public static void during(TestNode node, Step step, Runnable operation) {
        KillAt killer = new KillAt(node, step);
        CompletableFuture<Void> running;
        try {
            killer.watch();
            running = CompletableFuture.runAsync(operation);
            killer.killAtTheStep(running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            killer.leave();
        }
        running.exceptionally(gone -> null)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static VirtualMachine attach(int port) {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        try {
            return sockets.attach(arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private void watch() {
        ClassPrepareRequest loaded = machine.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(step.className());
        loaded.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        loaded.enable();
        machine.classesByName(step.className()).stream()
                .filter(ReferenceType::isPrepared)
                .forEach(this::watch);
    }

    private void watch(ReferenceType type) {
        if (watched.add(type)) {
            Method method = type.methodsByName(step.method()).stream()
                    .filter(declared -> declared.declaringType().equals(type) && declared.location() != null)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + step));
            BreakpointRequest entered = machine.eventRequestManager().createBreakpointRequest(method.location());
            entered.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            entered.enable();
        }
    }

    private void killAtTheStep(CompletableFuture<Void> operation) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int times = 0;
        while (times < step.time()) {
            EventSet events = machine.eventQueue().remove(TimeUnit.SECONDS.toMillis(1));
            if (events != null) {
                times += entered(events);
            }
            if (times < step.time()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            step + " is not reached; the operation has ended: " + operation.isDone(),
                            failure(operation));
                }
                if (events != null) {
                    events.resume();
                }
            }
        }
        node.kill();
    }

    private int entered(EventSet events) {
        int times = 0;
        for (Event event : events) {
            if (event instanceof ClassPrepareEvent prepared) {
                watch(prepared.referenceType());
            } else if (event instanceof BreakpointEvent) {
                times++;
            }
        }
        return times;
    }

    private static Throwable failure(CompletableFuture<Void> operation) {
        return operation.isCompletedExceptionally()
                ? operation.handle((nothing, failure) -> failure).join()
                : null;
    }

    private void leave() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // it was killed
        }
    }
}
