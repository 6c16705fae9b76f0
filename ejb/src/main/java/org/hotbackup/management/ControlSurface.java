package org.hotbackup.management;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.Readiness;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.TapeSocketMXBean;
import org.hotbackup.control.TasksMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.node.RemoteJmx;
import org.hotbackup.server.AuditEvent;
import org.hotbackup.server.AuditOutcome;
import org.hotbackup.server.AuditTrail;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.TapeServers;
import org.hotbackup.server.Verifications;

/**
 * The contract inside the node: hands the control beans, each behind the {@link ControlGuard}, to the Faces page and REST, and
 * registers the same for JMX. As a directory it is not for surfaces: its own beans ask nobody who he is.
 * Thread-safe.
 */
@ApplicationScoped
@Typed({ControlSurface.class, Readiness.class})
public class ControlSurface implements ControlDirectory, Readiness {

    /** Listeners that are slower than this many messages miss the oldest; no server ever waits for one. */
    private static final int NOTIFICATIONS_WAITING = 1_000;

    @Inject
    NodeControl node;

    @Inject
    QueueControl queue;

    @Inject
    LostAndFoundControl lostAndFound;

    @Inject
    PermanentLogControl log;

    @Inject
    NoticesControl notices;

    @Inject
    SamplesControl samples;

    @Inject
    TasksControl tasks;

    @Inject
    ReplicationServers servers;

    @Inject
    MasterLag lag;

    @Inject
    TapeServers tapeServers;

    @Inject
    TapeControl tape;

    @Inject
    TapeSocketControl tapeSocket;

    @Inject
    ResyncControl resync;

    @EJB
    Verifications verifications;

    @Inject
    CallerStore callers;

    @Inject
    Callers asking;

    @Inject
    Reasons reasons;

    @Inject
    SecurityControl security;

    @Inject
    AuditControl audit;

    @Inject
    AuditTrail trail;

    @Inject
    ControlGuard guard;

    @Inject
    NodeConfiguration configuration;

    @Resource
    ManagedThreadFactory threads;

    private ThreadPoolExecutor sender;
    private MBeanRegistrar registrar;
    private final List<JmxConnector> connectors = new ArrayList<>();
    private volatile boolean ready;

    /**
     * Registers all beans, those of servers as they come and go, and opens the JMX connectors that the node has ports for.
     *
     * @throws IOException if a port cannot be listened on
     * @throws org.hotbackup.control.messages.Refusal if where others shall reach it cannot be used
     */
    public void open() throws IOException {
        sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(NOTIFICATIONS_WAITING),
                threads,
                new ThreadPoolExecutor.DiscardOldestPolicy());
        registrar = new MBeanRegistrar(guard, sender);
        registrar.register(ControlNames.node(), node, NodeMXBean.class);
        registrar.register(ControlNames.transactionLogQueue(), queue, TransactionLogQueueMXBean.class);
        registrar.register(ControlNames.lostAndFound(), lostAndFound, LostAndFoundMXBean.class);
        registrar.register(ControlNames.permanentLog(), log, PermanentLogMXBean.class);
        registrar.register(ControlNames.notices(), notices, NoticesMXBean.class);
        registrar.register(ControlNames.samples(), samples, SamplesMXBean.class);
        registrar.register(ControlNames.tasks(), tasks, TasksMXBean.class);
        registrar.register(ControlNames.security(), security, SecurityMXBean.class);
        registrar.register(ControlNames.audit(), audit, AuditMXBean.class);
        registrar.register(ControlNames.tape(), tape, TapeMXBean.class);
        registrar.register(ControlNames.resync(), resync, ResyncMXBean.class);
        registrar.register(ControlNames.tapeSocket(), tapeSocket, TapeSocketMXBean.class);
        servers.noticeBoard().onNotice(registrar::tell);
        servers.onChange(this::registerServers);
        tapeServers.onChange(this::registerTapeServer);
        if (configuration.jmxPort().isPresent()) {
            connectors.add(JmxConnector.open(configuration.jmxPort().getAsInt(), callers, this::refused));
        }
        Optional<RemoteJmx> remote = configuration.remoteJmx();
        if (remote.isPresent()) {
            connectors.add(JmxConnector.open(remote.get(), configuration.key(), callers, this::refused));
        }
        node.ready();
        ready = true;
    }

    private void refused(Caller caller, String bean, String operation, Refusal refusal) {
        trail.note(new AuditEvent(caller, bean, operation, ""), AuditOutcome.of(refusal));
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** The beans of the node for the Faces page and REST: each behind the guard. */
    @Produces
    @ApplicationScoped
    public ControlDirectory guarded() {
        return guard.guard(this);
    }

    private void registerServers(String name, boolean present) {
        if (present) {
            registrar.register(ControlNames.server(name), control(name), ServerMXBean.class);
        } else {
            registrar.unregister(ControlNames.server(name));
        }
        if (present && servers.settings(name).filter(ServerSettings::isMaster).isPresent()) {
            registrar.register(
                    ControlNames.verification(name),
                    new VerificationControl(name, verifications, reasons),
                    VerificationMXBean.class);
        } else {
            registrar.unregister(ControlNames.verification(name));
        }
    }

    private void registerTapeServer(String name, boolean present) {
        if (present) {
            registrar.register(ControlNames.tapeServer(name), tapeServer(name), TapeServerMXBean.class);
        } else {
            registrar.unregister(ControlNames.tapeServer(name));
        }
    }

    /** Closes the connectors and takes back the beans. */
    public void close() throws IOException {
        ready = false;
        try {
            close(connectors.iterator());
        } finally {
            connectors.clear();
            if (registrar != null) {
                registrar.unregisterAll();
                sender.shutdownNow();
            }
        }
    }

    /** Closes all of them, also after one that fails. */
    private static void close(Iterator<JmxConnector> open) throws IOException {
        if (open.hasNext()) {
            try {
                open.next().close();
            } finally {
                close(open);
            }
        }
    }

    @Override
    public NodeMXBean node() {
        return node;
    }

    @Override
    public TransactionLogQueueMXBean transactionLogQueue() {
        return queue;
    }

    @Override
    public LostAndFoundMXBean lostAndFound() {
        return lostAndFound;
    }

    @Override
    public PermanentLogMXBean permanentLog() {
        return log;
    }

    @Override
    public NoticesMXBean notices() {
        return notices;
    }

    @Override
    public SamplesMXBean samples() {
        return samples;
    }

    @Override
    public TasksMXBean tasks() {
        return tasks;
    }

    @Override
    public SecurityMXBean security() {
        return security;
    }

    @Override
    public AuditMXBean audit() {
        return audit;
    }

    @Override
    public ServerMXBean server(String name) {
        return control(name);
    }

    private ServerMXBean control(String name) {
        return servers.unusable(name).map(why -> UnusableServer.of(name, why)).orElseGet(() -> {
            servers.server(name);
            return new ServerControl(name, servers, lag, asking, reasons);
        });
    }

    @Override
    public VerificationMXBean verification(String server) {
        verifications.of(server);
        return new VerificationControl(server, verifications, reasons);
    }

    @Override
    public TapeMXBean tape() {
        return tape;
    }

    @Override
    public ResyncMXBean resync() {
        return resync;
    }

    @Override
    public TapeSocketMXBean tapeSocket() {
        return tapeSocket;
    }

    @Override
    public TapeServerMXBean tapeServer(String name) {
        tapeServers.server(name);
        return new TapeServerControl(name, tapeServers, asking);
    }
}
