package org.hotbackup.server;

import org.hotbackup.control.Caller;

/**
 * What somebody asked for, as the audit shows it.
 *
 * @param caller who asked
 * @param bean what he asked
 * @param operation what for
 * @param arguments as {@code name=value}, without secrets
 */
public record AuditEvent(Caller caller, String bean, String operation, String arguments) {}
