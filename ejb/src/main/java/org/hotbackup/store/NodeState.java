package org.hotbackup.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Whose store this is and how far its log has come: one row.
 *
 * @param nodeId the node that owns the store
 * @param historyId identity of the history of its log
 * @param lsnReserved LSNs up to this one may have been used
 * @param lsnPumped entries up to this one are in the transaction log queue
 * @param standing its epoch, and whether it is open for updates
 */
record NodeState(String nodeId, String historyId, long lsnReserved, long lsnPumped, Standing standing) {

    /**
     * The state of a node's store; a new store becomes this node's.
     *
     * @throws Refusal if it is another node's
     */
    static NodeState open(Connection connection, String nodeId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT node_id, history_id, lsn_reserved, lsn_pumped, epoch, closed FROM node_state");
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                NodeState state = new NodeState(
                        row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), standing(row, 5));
                if (!state.nodeId.equals(nodeId)) {
                    throw new Refusal(MessageCode.STORE_OF_ANOTHER_NODE, state.nodeId);
                }
                return state;
            }
        }
        NodeState first = new NodeState(nodeId, UUID.randomUUID().toString(), 0, 0, Standing.FIRST);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO node_state (one, node_id, history_id, lsn_reserved, lsn_pumped, epoch, closed)"
                        + " VALUES (1, ?, ?, 0, 0, ?, ?)")) {
            insert.setString(1, first.nodeId);
            insert.setString(2, first.historyId);
            insert.setLong(3, first.standing.epoch());
            insert.setString(4, first.standing.closed());
            insert.executeUpdate();
        }
        return first;
    }

    /** Up to which LSNs the database says that they may have been used. */
    static long reserved(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT lsn_reserved FROM node_state");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row of node_state is gone");
            }
            return row.getLong(1);
        }
    }

    /** Says that LSNs up to this one may be used; to be durable before the first of them is. */
    static void reserve(Connection connection, long lsn) throws SQLException {
        set(connection, "lsn_reserved", lsn);
    }

    /** Says that entries up to this one are in the transaction log queue, or forgotten. */
    static void pumped(Connection connection, long lsn) throws SQLException {
        set(connection, "lsn_pumped", lsn);
    }

    /** The committed standing. */
    static Standing standing(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, closed FROM node_state");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row of node_state is gone");
            }
            return standing(row, 1);
        }
    }

    private static Standing standing(ResultSet row, int column) throws SQLException {
        return new Standing(row.getLong(column), row.getString(column + 1));
    }

    /** Says what the node is from now on. */
    static void stand(Connection connection, Standing standing) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE node_state SET epoch = ?, closed = ?")) {
            update.setLong(1, standing.epoch());
            update.setString(2, standing.closed());
            if (update.executeUpdate() != 1) {
                throw new SQLException("the row of node_state is gone");
            }
        }
    }

    private static void set(Connection connection, String column, long lsn) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE node_state SET " + column + " = ?")) {
            update.setLong(1, lsn);
            if (update.executeUpdate() != 1) {
                throw new SQLException("the row of node_state is gone");
            }
        }
    }
}
