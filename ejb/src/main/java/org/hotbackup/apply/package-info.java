/**
 * What becomes of updates before they reach the database. Pure: no Jakarta API, socket, thread or clock of its own.
 */
package org.hotbackup.apply;
