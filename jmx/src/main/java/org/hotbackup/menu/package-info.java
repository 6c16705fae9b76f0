/**
 * The manual's full-screen menu (HB-001 to HB-006): {@link org.hotbackup.menu.Session} is all of it without a terminal,
 * keys in and frames out; {@link org.hotbackup.menu.MenuTerminal} shows it.
 */
package org.hotbackup.menu;
