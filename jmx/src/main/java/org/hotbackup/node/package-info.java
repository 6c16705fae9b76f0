/** Nodes on this machine: their home folders, ports, keys and processes. */
package org.hotbackup.node;
