/** The {@code hot-backup} command: one small class for each verb, all of them over the control contract or REST. */
package org.hotbackup.cli;
