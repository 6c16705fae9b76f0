/** What a page shows the beginning of, whole, as a file: items of queue entries and of lost+found, the permanent log. */
package org.hotbackup.web.download;
