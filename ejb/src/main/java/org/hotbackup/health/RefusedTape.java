package org.hotbackup.health;

import org.hotbackup.replication.ServerStatus;

/**
 * That nothing flows at a tape-socket server with a pipe because one side refuses the other.
 *
 * @param server its name
 * @param why a sentence
 * @param status of the server, in the manual's words
 */
public record RefusedTape(String server, String why, ServerStatus status) {}
