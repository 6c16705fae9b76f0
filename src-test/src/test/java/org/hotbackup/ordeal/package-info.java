/** The ordeal's own judgement, tested without nodes: what it would overlook, nobody would see. */
package org.hotbackup.ordeal;
