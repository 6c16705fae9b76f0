/**
 * The whole way of an update from writer to slave, and to a slave behind that, in one thread: with a virtual clock, networks
 * that break, machines and helpers that die, and operators who do whatever the manual allows, all from one seed. The
 * invariants of design 1 are checked after every step, and what a slave's users see after every commit.
 */
package org.hotbackup.replication.simulation;
