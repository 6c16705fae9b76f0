package org.hotbackup.verify;

import java.util.Optional;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;

/**
 * An item that is not the same on both sides.
 *
 * @param id its id
 * @param onMaster what it amounts to there, empty if it is only on the slave
 * @param onSlave what it amounts to there, empty if it is only on the master
 */
public record Difference(ItemId id, Optional<ItemSum> onMaster, Optional<ItemSum> onSlave) {}
