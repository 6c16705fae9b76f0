/**
 * The Jakarta shell of replication: the node's start and stop, the replication servers as singletons with timers, their
 * definitions, users and the permanent log, all kept in files of account {@code dm}.
 */
package org.hotbackup.server;
