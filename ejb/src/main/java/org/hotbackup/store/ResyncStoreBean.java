package org.hotbackup.store;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Typed;

/** See {@link ResyncStore}. */
@Stateless
@Local(ResyncStore.class)
@Typed(ResyncStore.class)
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ResyncStoreBean extends ItemStoreBean implements ResyncStore {

    @Override
    ItemOperations operations(Store of) {
        return of.forResync();
    }
}
