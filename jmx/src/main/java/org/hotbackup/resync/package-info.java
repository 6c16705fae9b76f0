/** Makes a slave's node the image of its master's: what has to be asked of two nodes, in which order. */
package org.hotbackup.resync;
