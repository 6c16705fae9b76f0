package org.hotbackup.jms;

import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.ActiveMQConnectionTimedOutException;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQRemoteDisconnectException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.ActiveMQUnBlockedException;

/** What failures of Artemis say, in one clause for people. */
final class Reasons {

    private static final Pattern NUMBER = Pattern.compile("^AMQ\\d+: ");

    private Reasons() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ActiveMQException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ActiveMQConnectionTimedOutException) {
            return "the other side gave no sign of life in time";
        } else if (cause instanceof ActiveMQDisconnectedException
                || cause instanceof ActiveMQNotConnectedException
                || cause instanceof ActiveMQUnBlockedException
                || cause instanceof ActiveMQRemoteDisconnectException) {
            return "the connection was broken";
        } else if (cause instanceof ActiveMQSecurityException) {
            return "the other side does not let this node in";
        }
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : NUMBER.matcher(cause.getMessage()).replaceFirst("");
    }
}
