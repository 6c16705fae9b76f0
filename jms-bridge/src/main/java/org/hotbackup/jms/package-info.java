/**
 * Everything Artemis: the node's embedded broker, the transaction log queue on its journal, and the link between two
 * nodes. The only code that sees JMS.
 */
package org.hotbackup.jms;
