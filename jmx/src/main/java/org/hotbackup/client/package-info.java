/** Reaches a node from outside: its control beans over JMX, its store over REST. */
package org.hotbackup.client;
