/** Who may come in: HTTP Basic for REST and pages alike, against the users of the node. */
package org.hotbackup.web.security;
