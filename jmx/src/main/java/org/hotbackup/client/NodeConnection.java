package org.hotbackup.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.NoticesMXBean;
import org.hotbackup.control.PermanentLogMXBean;
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
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.node.NodeHome;

/**
 * The control beans of a running node, over JMX. Operations that take long are waited for. Thread-safe.
 */
public final class NodeConnection implements ControlDirectory, AutoCloseable {

    /**
     * The JDK's client logs that a connection ended; whoever uses it is told by an answer. Each by its own name: those of
     * the JDK do not inherit the level of {@code javax.management.remote}, if that is set by others.
     */
    private static final List<Logger> OF_CONNECTOR = Stream.of("misc", "rmi")
            .map(name -> Logger.getLogger("javax.management.remote." + name))
            .toList();

    static {
        OF_CONNECTOR.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    /** Over a connection that is open; closes it in the end. */
    NodeConnection(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /**
     * Connects to a node of this machine as its local user.
     *
     * @throws Refusal if the node does not answer
     */
    public static NodeConnection to(NodeHome home) {
        return to(home.name(), home.jmxUrl(), "local", home.localSecret());
    }

    /**
     * Connects to a node.
     *
     * @throws Refusal if it does not answer or does not know the user
     */
    public static NodeConnection to(String name, String url, String user, String password) {
        try {
            return new NodeConnection(JMXConnectorFactory.connect(
                    new JMXServiceURL(url), Map.of(JMXConnector.CREDENTIALS, new String[] {user, password})));
        } catch (SecurityException e) {
            throw new Refusal(MessageCode.NOT_AUTHENTICATED);
        } catch (IOException e) {
            throw new Refusal(MessageCode.NODE_NOT_RUNNING, name);
        }
    }

    @Override
    public NodeMXBean node() {
        return proxy(ControlNames.node(), NodeMXBean.class);
    }

    @Override
    public TransactionLogQueueMXBean transactionLogQueue() {
        return proxy(ControlNames.transactionLogQueue(), TransactionLogQueueMXBean.class);
    }

    @Override
    public LostAndFoundMXBean lostAndFound() {
        return proxy(ControlNames.lostAndFound(), LostAndFoundMXBean.class);
    }

    @Override
    public PermanentLogMXBean permanentLog() {
        return proxy(ControlNames.permanentLog(), PermanentLogMXBean.class);
    }

    @Override
    public NoticesMXBean notices() {
        return proxy(ControlNames.notices(), NoticesMXBean.class);
    }

    @Override
    public SamplesMXBean samples() {
        return proxy(ControlNames.samples(), SamplesMXBean.class);
    }

    @Override
    public TasksMXBean tasks() {
        return proxy(ControlNames.tasks(), TasksMXBean.class);
    }

    @Override
    public SecurityMXBean security() {
        return proxy(ControlNames.security(), SecurityMXBean.class);
    }

    @Override
    public AuditMXBean audit() {
        return proxy(ControlNames.audit(), AuditMXBean.class);
    }

    @Override
    public ServerMXBean server(String name) {
        try {
            if (!beans.isRegistered(ControlNames.server(ServerSettings.checkedName(name)))) {
                throw new Refusal(MessageCode.NO_SERVER, name);
            }
        } catch (IOException e) {
            throw FailedCall.refusal(e);
        }
        return proxy(ControlNames.server(name), ServerMXBean.class);
    }

    @Override
    public VerificationMXBean verification(String server) {
        if (!server(server).getServerType().equals("Master")) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        return proxy(ControlNames.verification(server), VerificationMXBean.class);
    }

    @Override
    public TapeMXBean tape() {
        return proxy(ControlNames.tape(), TapeMXBean.class);
    }

    @Override
    public ResyncMXBean resync() {
        return proxy(ControlNames.resync(), ResyncMXBean.class);
    }

    @Override
    public TapeSocketMXBean tapeSocket() {
        return proxy(ControlNames.tapeSocket(), TapeSocketMXBean.class);
    }

    @Override
    public TapeServerMXBean tapeServer(String name) {
        try {
            if (!beans.isRegistered(ControlNames.tapeServer(ServerSettings.checkedName(name)))) {
                throw new Refusal(MessageCode.NO_TAPE_SERVER, name);
            }
        } catch (IOException e) {
            throw FailedCall.refusal(e);
        }
        return proxy(ControlNames.tapeServer(name), TapeServerMXBean.class);
    }

    private <T> T proxy(ObjectName name, Class<T> contract) {
        T bean = JMX.newMXBeanProxy(beans, name, contract);
        return contract == TasksMXBean.class ? bean : Settling.proxy(contract, bean, this::tasks);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // the node went away first; there is nothing left to close
        }
    }
}
