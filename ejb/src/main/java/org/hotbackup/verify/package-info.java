/**
 * The proof that both images are equal while both sides work: what a range amounts to, what a slave reports, and how the
 * master goes round its files. Pure: no Jakarta API, socket, thread or clock of its own.
 */
package org.hotbackup.verify;
