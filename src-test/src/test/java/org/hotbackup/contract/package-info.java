/** What the control contract promises to every console. */
package org.hotbackup.contract;
