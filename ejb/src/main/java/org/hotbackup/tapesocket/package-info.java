/**
 * The conversation of the tape-socket servers (TS-001, TS-002): an output server sends the blocks that it read from its pipe, an
 * input server writes them to its own, in order and once. No thread, no clock, no file, no socket.
 */
package org.hotbackup.tapesocket;
