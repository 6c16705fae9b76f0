package org.hotbackup.store;

import org.hotbackup.control.ItemStore;

/**
 * The item store as a resync writes a slave's image: as its slave server would, also while the node is closed for updates, and
 * logged for slaves of this node if the slave server passes on what it applies. Refuses updates while no resync is under way.
 */
public interface ResyncStore extends ItemStore {}
