package org.hotbackup.management;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hotbackup.control.LostAndFoundMXBean;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;

/** What a server's message is about: the type of its notification, so that a console can subscribe to a topic. */
enum Topic {
    /** A server started, connected, lost its link or stopped. */
    SERVER_STATE(
            "server.state",
            "A server started, connected, lost its link or stopped",
            MessageCode.SERVER_STARTED,
            MessageCode.SERVER_STOPPED,
            MessageCode.SERVER_STOPPING,
            MessageCode.START_FAILED,
            MessageCode.CONNECTED,
            MessageCode.LINK_DOWN,
            MessageCode.CANNOT_CALL_HOST,
            MessageCode.NO_ANSWER,
            MessageCode.WRITE_TIME_OUT,
            MessageCode.BIND_FAILED,
            MessageCode.TERMINATED_ABNORMALLY,
            MessageCode.CANNOT_INITIALIZE,
            MessageCode.APPLYING_STOPPED,
            MessageCode.APPLYING_STARTED,
            MessageCode.PENDING_APPLIED),

    /** One side refuses the other, or turned a caller away; nothing flows. */
    LINK_REFUSED("link.refused", "One side refuses the other, or turned a caller away"),

    /** The transaction log queue has grown beyond a limit, or does not take or give. */
    QUEUE_THRESHOLD(
            "queue.threshold",
            "The transaction log queue has grown beyond a limit, or does not answer",
            MessageCode.QUEUE_HAS_GROWN,
            MessageCode.QUEUE_FULL,
            MessageCode.QUEUE_UNAVAILABLE,
            MessageCode.LOG_NOT_HANDED_ON,
            MessageCode.LOG_HANDED_ON),

    /** What is logged was switched, or the queue was emptied. */
    QUEUE_SWITCHED(
            "queue.switched",
            "What is logged was switched, or the queue was cleared",
            MessageCode.DL_FILES_LOGGED,
            MessageCode.ALL_FILES_LOGGED,
            MessageCode.ENQUEUING_STOPPED,
            MessageCode.ENQUEUING_STARTED,
            MessageCode.ENQUEUING_STARTED_WITH_GAP,
            MessageCode.NOT_ENQUEUED,
            MessageCode.QUEUE_CLEARED,
            MessageCode.QUEUE_EMPTIED),

    /** Something went to lost+found, or had to be removed. */
    LOST_FOUND_ADDED(
            "lostfound.added",
            "A transaction went to lost+found, or something had to be removed",
            MessageCode.TRANSACTION_LOST_AND_FOUND,
            MessageCode.MORE_LOST_AND_FOUND,
            MessageCode.REMOVED_FROM_THE_WAY,
            MessageCode.CORRELATIVE_REMOVED),

    /** Master and slave are not the same. */
    VERIFY_DIFFERENCE(
            "verify.difference",
            "A file differs between master and slave, or is missing there",
            MessageCode.VERIFY_FILE_DIFFERS,
            MessageCode.VERIFY_FILE_MISSING,
            MessageCode.VERIFY_DIFFERENT),

    /** A comparison, repair or resync began or ended. */
    VERIFY_STATE(
            "verify.state",
            "A comparison, repair or resync began or ended",
            MessageCode.VERIFY_STARTED,
            MessageCode.VERIFY_STOPPED,
            MessageCode.VERIFY_EQUAL,
            MessageCode.VERIFY_NOT_RESUMED,
            MessageCode.REPAIR_STARTED,
            MessageCode.REPAIR_SENT,
            MessageCode.RESYNC_STARTED,
            MessageCode.RESYNC_GIVEN_UP),

    /** A slave is promoted, a master superseded or brought back, a node opened or closed for updates. */
    ROLE_CHANGED(
            "role.changed",
            "A slave is promoted, a master superseded or brought back, or a node opened or closed for updates",
            MessageCode.PROMOTION_BEGUN,
            MessageCode.PROMOTED,
            MessageCode.PROMOTION_GIVEN_UP,
            MessageCode.PROMOTION_IS_OVER,
            MessageCode.SUPERSEDED,
            MessageCode.REJOINED,
            MessageCode.REJOINED_NOT_STARTED,
            MessageCode.UPDATES_CLOSED,
            MessageCode.UPDATES_OPENED,
            MessageCode.UPDATES_OPENED_BESIDE,
            MessageCode.OLD_MASTER_NOT_TOLD,
            MessageCode.OLD_MASTER_CAN_CALL),

    /** Everything else that a server says. */
    SERVER_MESSAGE("server.message", "Any other message of a server");

    private static final String PREFIX = "hotbackup.";

    /** Which bean tells what: a server all of its own, the node all of all servers. */
    private static final Map<Class<?>, Set<Topic>> TOLD_BY = Map.of(
            NodeMXBean.class, EnumSet.allOf(Topic.class),
            ServerMXBean.class, EnumSet.allOf(Topic.class),
            TransactionLogQueueMXBean.class, EnumSet.of(QUEUE_THRESHOLD, QUEUE_SWITCHED),
            LostAndFoundMXBean.class, EnumSet.of(LOST_FOUND_ADDED),
            VerificationMXBean.class, EnumSet.of(VERIFY_DIFFERENCE, VERIFY_STATE));

    private static final Map<String, MessageCode> CODES =
            Arrays.stream(MessageCode.values()).collect(Collectors.toMap(MessageCode::id, code -> code));

    private final String word;
    private final String description;
    private final Set<MessageCode> codes;

    Topic(String word, String description, MessageCode... codes) {
        this.word = word;
        this.description = description;
        this.codes = Set.of(codes);
    }

    /** The type of its notifications. */
    String type() {
        return PREFIX + word;
    }

    /** One clause for people. */
    String description() {
        return description;
    }

    /** What the message of this number is about. */
    static Topic of(String messageId) {
        MessageCode code = CODES.get(messageId);
        return Arrays.stream(values())
                .filter(topic -> topic.codes.contains(code))
                .findFirst()
                .orElse(code.kind() == MessageCode.Kind.REFUSAL ? LINK_REFUSED : SERVER_MESSAGE);
    }

    /** What the bean of a contract tells, nothing if it tells nothing. */
    static Set<Topic> toldBy(Class<?> contract) {
        return TOLD_BY.getOrDefault(contract, Set.of());
    }
}
