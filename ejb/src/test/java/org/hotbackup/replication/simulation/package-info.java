/**
 * The whole way of an update from writer to slave in one thread, with a virtual clock, a network that breaks and machines
 * that crash, all from one seed. The invariants of design 1 are checked after every step.
 */
package org.hotbackup.replication.simulation;
