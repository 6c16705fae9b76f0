/**
 * The control contract: everything that can be asked of a node, as interfaces and records of the JDK's own types. The
 * engine implements it, every surface (JMX console, command, Faces page, REST) speaks only it.
 */
package org.hotbackup.control;
