/**
 * The transaction log as a tape (TS-001, docs/adr/0019): log entries in blocks of the Pick tape format, behind a label and before
 * filemarks. Pure: streams and times are handed in.
 */
package org.hotbackup.txlog.tape;
