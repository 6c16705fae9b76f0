package org.hotbackup.server;

/**
 * The background process that a server runs as, as its record in {@code dm,hb.log} says (HB-010). A record that says so of
 * a process that is gone is the manual's inconsistent status (HB-141).
 *
 * @param job its item in {@code dm,jobs}
 * @param pib its Pick port: the number of its thread
 * @param pid the node's process
 */
public record Phantom(String job, long pib, long pid) {}
