/** Implements the control contract inside the node: registers its MBeans and opens the node's own JMX connector. */
package org.hotbackup.management;
