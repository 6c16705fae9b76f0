/** What a user sees of requests that reach no resource and no page: one sentence, never a stack trace. */
package org.hotbackup.web.errors;
