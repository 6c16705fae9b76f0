package org.hotbackup.model;

/**
 * A section as file-of-files knows it (docs/data-model.md 5).
 *
 * @param number its file-of-files number: given in sequence, never used again
 * @param path where it stands
 * @param pointer its D-pointer
 */
public record FileDefinition(int number, FilePath path, DPointer pointer) {}
