/**
 * The data store: items, file-of-files, log entries and positions in one database, the units of work that change them,
 * their locks, their durability, and the pump that hands committed log entries to the transaction log queue. The only
 * package that sees JPA and JDBC. What a container is needed for is in the beans; everything else runs on a plain
 * connection.
 */
package org.hotbackup.store;
