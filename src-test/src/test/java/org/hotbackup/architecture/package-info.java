/** The arrows of the architecture, held by the build. */
package org.hotbackup.architecture;
