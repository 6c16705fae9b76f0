package org.hotbackup.model;

/**
 * What an item's body amounts to: two bodies are the same if both are.
 *
 * @param bytes its length
 * @param sha256 of the body, in lower case hex
 */
public record ItemSum(int bytes, String sha256) {}
