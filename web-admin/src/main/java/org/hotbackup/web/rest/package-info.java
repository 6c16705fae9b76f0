/** The multivalue store over REST, for programs; every error is a problem detail (RFC 9457). */
package org.hotbackup.web.rest;
