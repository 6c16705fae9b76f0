/**
 * Both ends of a server pair as state machines, the frames they exchange, and the ports to link, queue and store. Pure:
 * no Jakarta API, socket, thread or clock of its own, so that a simulation can run it.
 */
package org.hotbackup.replication;
