package org.hotbackup.control;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names of all control beans: the only place where an ObjectName is made. */
public final class ControlNames {

    /** The JMX domain. */
    public static final String DOMAIN = "org.hotbackup";

    private ControlNames() {}

    /** The node's bean. */
    public static ObjectName node() {
        return name("type=Node");
    }

    /** The bean of the transaction log queue. */
    public static ObjectName transactionLogQueue() {
        return name("type=TransactionLogQueue");
    }

    /** The bean of lost+found. */
    public static ObjectName lostAndFound() {
        return name("type=LostAndFound");
    }

    /** The bean of the permanent log. */
    public static ObjectName permanentLog() {
        return name("type=PermanentLog");
    }

    /** The bean of the notices for users and ports. */
    public static ObjectName notices() {
        return name("type=Notices");
    }

    /** The bean of the sampled figures. */
    public static ObjectName samples() {
        return name("type=Samples");
    }

    /** The bean of what runs long. */
    public static ObjectName tasks() {
        return name("type=Tasks");
    }

    /** The bean of users and certificates. */
    public static ObjectName security() {
        return name("type=Security");
    }

    /** The bean of the audit. */
    public static ObjectName audit() {
        return name("type=Audit");
    }

    /** The bean of one replication server. */
    public static ObjectName server(String name) {
        return name("type=Server,name=" + name);
    }

    /** The bean that compares a master server's files with its slave's. */
    public static ObjectName verification(String server) {
        return name("type=Verification,name=" + server);
    }

    /** The bean of the tape devices. */
    public static ObjectName tape() {
        return name("type=Tape");
    }

    /** The bean of what this node does of a resync through tape-socket. */
    public static ObjectName resync() {
        return name("type=Resync");
    }

    /** The bean of the tape-socket servers. */
    public static ObjectName tapeSocket() {
        return name("type=TapeSocket");
    }

    /** The bean of one tape-socket server. */
    public static ObjectName tapeServer(String name) {
        return name("type=TapeServer,name=" + name);
    }

    private static ObjectName name(String keys) {
        try {
            return new ObjectName(DOMAIN + ":" + keys);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(keys, e);
        }
    }
}
