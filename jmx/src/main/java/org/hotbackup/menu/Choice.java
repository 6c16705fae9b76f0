package org.hotbackup.menu;

import java.util.function.Consumer;

/**
 * A choice of a menu.
 *
 * @param label as the manual calls it, or safe to show
 * @param help one line: what it does
 * @param action what it does
 */
record Choice(String label, String help, Consumer<Session> action) {}
