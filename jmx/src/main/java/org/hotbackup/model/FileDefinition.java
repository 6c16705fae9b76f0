package org.hotbackup.model;

/**
 * A section as file-of-files knows it (domain.md 4.4).
 *
 * @param number its file-of-files number: given in sequence, never used again
 * @param path where it stands
 * @param pointer its D-pointer
 */
public record FileDefinition(int number, FilePath path, DPointer pointer) {}
