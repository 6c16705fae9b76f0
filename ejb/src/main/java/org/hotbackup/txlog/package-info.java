/**
 * What is logged and in which order, and the port to the transaction log queue. Pure: no Jakarta API, socket, thread or
 * clock of its own.
 */
package org.hotbackup.txlog;
