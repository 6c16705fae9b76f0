package org.hotbackup.replication.simulation;

import java.util.List;
import java.util.Map;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;

/** The correlatives that the simulated users put into D-pointers, and what a slave makes of them. */
final class Correlatives {

    /** Calls {@link #SUBROUTINE}. */
    static final String CALL = "callx sub";

    /** A bridge to a file that is never there. */
    static final String TO_NOWHERE = "bnowhere;2";

    static final List<String> ALL = List.of("a1*2", CALL, "bitems;1", TO_NOWHERE);

    /** Those that name what they refer to by explicit path on a slave. */
    static final Map<String, String> EXPLICIT =
            Map.of(CALL, "callx world,programs, sub", "bitems;1", "bworld,items,items;1");

    /** The cataloged object in the MD of account world, there or not. */
    static final ItemId SUBROUTINE = ItemId.of("sub");

    private Correlatives() {}

    static byte[] catalogedObject() {
        return DynamicArray.ofAttributes("V", "", "", "", "programs").bytes();
    }
}
