/** The administrator's page, over the control contract. */
package org.hotbackup.web.faces;
