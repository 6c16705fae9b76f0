package org.hotbackup.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.verify.ComparedStore;
import org.hotbackup.verify.RangeRequest;

/** {@link ComparedStore} of this node. Makes its own transactions. Thread-safe. */
@ApplicationScoped
public class ComparedStoreBean implements ComparedStore {

    @EJB
    private StoreBean store;

    @Override
    public List<FilePath> files() {
        return log().files();
    }

    @Override
    public Optional<Said> say(FilePath file, RangeRequest request, long patienceMillis) {
        return log().say(file, request, patienceMillis);
    }

    @Override
    public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
        return log().ids(file, after, limit);
    }

    @Override
    public int resend(FilePath file, List<ItemId> ids) {
        return log().resend(file, ids);
    }

    @Override
    public boolean resendDefinition(FilePath file) {
        return log().resendDefinition(file);
    }

    private RangeLog log() {
        return new RangeLog(store.store());
    }
}
