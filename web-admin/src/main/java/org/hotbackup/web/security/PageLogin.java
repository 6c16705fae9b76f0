package org.hotbackup.web.security;

import java.util.Set;

/**
 * Somebody who logged in to the pages.
 *
 * @param key what its session remembers
 * @param user the name
 * @param credential the mark of the password that he had then
 * @param roles what he might do then
 * @param began by {@link System#nanoTime}
 * @param lastUsed when the user, and not only a page that refreshes itself, asked last; by {@link System#nanoTime}
 */
record PageLogin(String key, String user, String credential, Set<String> roles, long began, long lastUsed) {

    PageLogin usedAt(long now) {
        return new PageLogin(key, user, credential, roles, began, now);
    }
}
