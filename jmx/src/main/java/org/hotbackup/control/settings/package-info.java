/** One table of a replication server's settings: every surface reads and checks them here. */
package org.hotbackup.control.settings;
