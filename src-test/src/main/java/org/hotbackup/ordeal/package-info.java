/** The ordeal of a pair: seeded users, operators and faults on two real nodes, and a model of what both images must be. */
package org.hotbackup.ordeal;
