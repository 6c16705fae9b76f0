/**
 * The trade's nouns, shared by the engine and every surface: files and their paths, D-pointers, items and their ids,
 * dynamic arrays, and the updates that change them. Values only: they see nothing but the JDK's core.
 */
package org.hotbackup.model;
