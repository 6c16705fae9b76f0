package org.hotbackup.store;

/** Makes commits durable. Thread-safe. */
interface Durability extends AutoCloseable {

    /** Returns when everything that was committed before the call is on disk. */
    void await();

    @Override
    void close();

    /** For a database whose commit is durable when it returns. */
    Durability BY_COMMIT = new Durability() {
        @Override
        public void await() {
            // the commit waited
        }

        @Override
        public void close() {
            // nothing is held
        }
    };
}
