/** The tables of settings, of a replication server and of a node: every surface reads and checks them here. */
package org.hotbackup.control.settings;
