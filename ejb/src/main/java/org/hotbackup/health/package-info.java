/**
 * What a node knows about its own state: facts read at one moment, and what follows from them: samples, health, causes of
 * trouble, metrics. All but the beans is pure: facts in, words out.
 */
package org.hotbackup.health;
