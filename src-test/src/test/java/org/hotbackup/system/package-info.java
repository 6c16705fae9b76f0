/** Two real nodes, and everything that can happen to them. */
package org.hotbackup.system;
