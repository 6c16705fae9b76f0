package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.replication.Sources;

/** What is on a slave's disk; and beside it, known to nobody under test, what must be there. */
final class SlaveDisk {

    private final World world;
    private final SimulatedImage image;
    private final ExpectedImage expected;
    private final UpdateOrder order;
    private final Map<Object, Long> versions;
    private final long definedAtLsn;
    private Optional<Position> position = Optional.empty();
    private long applied;
    private long discarded;
    private int removedDiscarded;
    private long acceptedTransaction;
    private long acceptedLsn;
    private boolean tampered;
    private Sources sources = Sources.NONE;

    /** A slave that has what its master had at an LSN. */
    SlaveDisk(World world, SimulatedImage image, Image expected, long definedAtLsn) {
        this(world, image, new ExpectedImage(expected), new UpdateOrder(), new HashMap<>(), definedAtLsn);
        acceptedLsn = definedAtLsn;
        for (FilePath file : Files.EQUAL) {
            if (expected.has(file)) {
                expected.items(file)
                        .forEach((id, body) -> versions.put(
                                List.of(file, id), ByteBuffer.wrap(body).getLong()));
            }
        }
    }

    private SlaveDisk(
            World world,
            SimulatedImage image,
            ExpectedImage expected,
            UpdateOrder order,
            Map<Object, Long> versions,
            long definedAtLsn) {
        this.world = world;
        this.image = image;
        this.expected = expected;
        this.order = order;
        this.versions = versions;
        this.definedAtLsn = definedAtLsn;
    }

    SlaveDisk copy() {
        SlaveDisk copy = new SlaveDisk(
                world, image.copy(), expected.copy(), order.copy(), new HashMap<>(versions), definedAtLsn);
        copy.position = position;
        copy.applied = applied;
        copy.discarded = discarded;
        copy.removedDiscarded = removedDiscarded;
        copy.acceptedTransaction = acceptedTransaction;
        copy.acceptedLsn = acceptedLsn;
        copy.tampered = tampered;
        copy.sources = sources;
        return copy;
    }

    SimulatedImage image() {
        return image;
    }

    ExpectedImage expected() {
        return expected;
    }

    UpdateOrder order() {
        return order;
    }

    Optional<Position> position() {
        return position;
    }

    void position(Position reached) {
        position = Optional.of(reached);
    }

    long transaction() {
        return position.map(Position::transaction).orElse(0L);
    }

    /** Up to where it has everything. */
    long lsn() {
        return position.map(Position::lsn).orElse(definedAtLsn);
    }

    long definedAtLsn() {
        return definedAtLsn;
    }

    /** Whose updates it receives, and up to where the log holds them. */
    Sources sources() {
        return sources;
    }

    void sources(Sources now) {
        sources = now;
    }

    /** Whether it may differ from its master for another reason than that it is behind: somebody chose so. */
    boolean isTampered() {
        return tampered;
    }

    void tamper() {
        tampered = true;
        world.tamper();
    }

    /** A transaction is taken over for good: it must be the one that follows. */
    void accept(Truth truth, ReceivedTransaction transaction) {
        truth.checkNext(acceptedTransaction, acceptedLsn, transaction);
        acceptedTransaction = transaction.number();
        acceptedLsn = transaction.entry().lsn();
    }

    /** Updates of a transaction took effect. */
    void performed(List<Update> updates, long transaction) {
        for (Update update : updates) {
            checkVersion(update);
            order.performed(update, transaction);
            expected.perform(update);
        }
        applied++;
    }

    private void checkVersion(Update update) {
        if (!(update instanceof ItemWritten written) || !Files.EQUAL.contains(update.file())) {
            return;
        }
        long value = ByteBuffer.wrap(written.body()).getLong();
        Object item = List.of(written.file(), written.id());
        long before = versions.getOrDefault(item, 0L);
        if (written.file().equals(Files.COUNTERS) && !world.isTampered()) {
            check(value == before + 1, "I5", "counter %s goes from %d to %d", written.id(), before, value);
        } else {
            check(
                    world.isTampered() ? value >= before : value > before,
                    "I3",
                    "item %s goes from version %d to %d",
                    item,
                    before,
                    value);
        }
        versions.put(item, value);
    }

    /** An operator discarded a record of lost+found. */
    void discarded(boolean isTransaction) {
        discarded += isTransaction ? 1 : 0;
        removedDiscarded += isTransaction ? 0 : 1;
        tamper();
    }

    /** Conservation: every transaction up to the position took effect, is delayed, is in lost+found or was discarded. */
    void checkConservation() {
        check(
                transaction() == applied + image.delayed() + image.lostTransactions() + discarded,
                "I6",
                "at transaction %d, %d applied, %d delayed, %d in lost+found and %d discarded",
                transaction(),
                applied,
                image.delayed(),
                image.lostTransactions(),
                discarded);
        check(
                image.lostRemoved() + removedDiscarded == expected.removed(),
                "I6",
                "%d were removed, %d are in lost+found and %d discarded",
                expected.removed(),
                image.lostRemoved(),
                removedDiscarded);
        check(image.isSystemUntouched(), "HB-122", "an update of account dm took effect");
    }

    /** What users see is what they must see; what is held for files at which helpers work is taken for done. */
    void checkExpected() {
        expected.image().only(Files::isOfUsers).difference(image.ofUsers()).ifPresent(difference -> {
            throw new InvariantBroken("I4", "at transaction " + transaction() + ": " + difference);
        });
    }
}
