package org.hotbackup.store;

import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * An item of one of the system's own files, to be written in the transaction of what it tells about.
 *
 * @param file where it is
 * @param id its id
 * @param body what it holds
 */
public record SystemItem(FilePath file, ItemId id, byte[] body) {}
