package org.hotbackup.resync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;

/**
 * A master server and the slave server that it sends to.
 *
 * @param masterNode the name of the node of the one that sends
 * @param slaveNode the name of the node of the one that receives
 * @param master the name of the one
 * @param slave the name of the other
 * @param host at which the master's node calls the slave's
 * @param insecure whether without certificates
 */
record ServerPair(String masterNode, String slaveNode, String master, String slave, String host, boolean insecure) {

    /** A server, as far as it tells whose other end it is. */
    private record End(ServerMXBean bean, String name, String peer, int port) {

        static List<End> of(ControlDirectory node, String type) {
            List<End> ends = new ArrayList<>();
            for (String name : node.node().getServerNames()) {
                ServerMXBean bean = node.server(name);
                if (bean.getServerType().equals(type)) {
                    ends.add(new End(bean, name, bean.getPeerNodeId(), bean.getTcpPort()));
                }
            }
            return ends;
        }

        /** By the identity of the node at the other end where it is known, otherwise by the port. */
        boolean sendsTo(End slave, String masterId, String slaveId) {
            boolean known = peer.equals(slaveId) && slave.peer.equals(masterId);
            boolean possible =
                    (peer.isEmpty() || peer.equals(slaveId)) && (slave.peer.isEmpty() || slave.peer.equals(masterId));
            return possible && (known || port == slave.port || !slave.peer.isEmpty());
        }
    }

    /**
     * The pair of two nodes.
     *
     * @param wanted the master server; empty if there is only one that fits
     * @throws Refusal if there is none, or which one is not said
     */
    static ServerPair of(ControlDirectory master, ControlDirectory slave, Optional<String> wanted) {
        String masterName = master.node().getName();
        String slaveName = slave.node().getName();
        String masterId = master.node().getNodeId();
        String slaveId = slave.node().getNodeId();
        List<ServerPair> pairs = new ArrayList<>();
        List<End> slaves = End.of(slave, "Slave");
        for (End sender : End.of(master, "Master")) {
            List<End> fitting = slaves.stream()
                    .filter(receiver -> sender.sendsTo(receiver, masterId, slaveId))
                    .toList();
            List<End> closer = fitting.stream()
                    .filter(receiver -> receiver.port() == sender.port())
                    .toList();
            End receiver = closer.size() == 1 ? closer.get(0) : fitting.size() == 1 ? fitting.get(0) : null;
            if (receiver != null) {
                ServerSettings settings = ServerSettings.parse(sender.bean().getSettings());
                pairs.add(new ServerPair(
                        masterName,
                        slaveName,
                        sender.name(),
                        receiver.name(),
                        settings.get(ServerSetting.HOST),
                        settings.isInsecure()));
            }
        }
        if (pairs.isEmpty()) {
            throw new Refusal(MessageCode.RESYNC_NO_PAIR, masterName, slaveName);
        }
        String names = String.join(", ", pairs.stream().map(ServerPair::master).toList());
        if (wanted.isPresent()) {
            return pairs.stream()
                    .filter(pair -> pair.master().equals(wanted.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            new Refusal(MessageCode.RESYNC_NO_SUCH_SERVER, masterName, slaveName, wanted.get(), names));
        } else if (pairs.size() > 1) {
            throw new Refusal(MessageCode.RESYNC_WHICH_PAIR, masterName, slaveName, names);
        }
        return pairs.get(0);
    }
}
