/** One numbered catalogue of every message a user can meet, on whatever surface. */
package org.hotbackup.control.messages;
