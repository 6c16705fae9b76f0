/**
 * The pipes of the tape-socket servers: named pipes of the operating system, what was read from them and is not acknowledged, and
 * how far they are written. All of it outlives a process that is killed; docs/adr/0018 says how.
 */
package org.hotbackup.pipe;
