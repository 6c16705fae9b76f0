/**
 * Saving accounts of the item store to tapes and restoring them (TS-001). The store is used as any application uses
 * it: what is restored is logged and replicated in transactions of bounded size, and memory does not grow with the tape.
 */
package org.hotbackup.saves;
