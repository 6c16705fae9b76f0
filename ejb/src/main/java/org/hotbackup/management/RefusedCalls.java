package org.hotbackup.management;

import org.hotbackup.control.Caller;
import org.hotbackup.control.messages.Refusal;

/** Hears what JMX callers ask of what is closed to them. */
@FunctionalInterface
interface RefusedCalls {

    /**
     * It was refused, and nothing was done.
     *
     * @param bean its name as it was given, or that of the MBean server
     * @param operation of the MBean server, or of the bean
     */
    void refused(Caller caller, String bean, String operation, Refusal refusal);
}
