package org.hotbackup.replication.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import org.hotbackup.apply.MemoryImage;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.FileCreated;

/** The slave's database: chance says which files are large, and helpers need many steps. */
final class SimulatedImage extends MemoryImage {

    private final World world;
    private final Breakage breakage;

    private SimulatedImage(World world, Breakage breakage) {
        this.world = world;
        this.breakage = breakage;
    }

    private SimulatedImage(SimulatedImage other) {
        super(other);
        world = other.world;
        breakage = other.breakage;
    }

    /** With the files that are there at the beginning. */
    static SimulatedImage atTheBeginning(World world, Breakage breakage) {
        SimulatedImage image = new SimulatedImage(world, breakage);
        image.add(FilePath.masterDictionary("world"), Files.POINTER);
        Files.ALL.forEach(file -> image.perform(new FileCreated(file, Files.POINTER)));
        return image;
    }

    SimulatedImage copy() {
        return new SimulatedImage(this);
    }

    /** What users see of it. */
    Image ofUsers() {
        Image image = new Image();
        for (FilePath file : Files.ALL) {
            file(file).ifPresent(definition -> {
                image.perform(new FileCreated(file, definition.pointer()));
                of(file).forEach((id, body) -> image.perform(new Update.ItemWritten(file, id, body)));
            });
        }
        return image;
    }

    int lostTransactions() {
        return of(SlaveFiles.LOST_AND_FOUND).size();
    }

    int delayed() {
        return of(SlaveFiles.DELAYED).size();
    }

    @Override
    public List<StoredItem> items(FilePath file, ItemId after, int limit) {
        return super.items(file, after, Math.min(limit, world.between(1, 5)));
    }

    @Override
    public boolean holdsMoreThan(FilePath file, int limit) {
        boolean large = !world.isCalm() && world.oneIn(2);
        if (large) {
            world.count("files cleared by a helper");
        }
        return large;
    }

    /** One at a time, and as if it were a full step as long as there are more. */
    @Override
    public int deleteSome(FilePath file, int limit) {
        return super.deleteSome(file, 1) * limit;
    }

    @Override
    public void write(FilePath file, SortedMap<ItemId, Optional<byte[]>> states) {
        boolean forgotten = breakage == Breakage.LOST_AND_NOT_FOUND && file.equals(SlaveFiles.LOST_AND_FOUND)
                || breakage == Breakage.DELAYED_FORGOTTEN && file.equals(SlaveFiles.DELAYED) && world.oneIn(5);
        Optional<FilePath> heldFor = breakage == Breakage.NOTHING_HELD ? heldFor(file) : Optional.empty();
        if (heldFor.isPresent()) {
            NavigableMap<ItemId, byte[]> all = of(heldFor.get());
            states.forEach((id, held) -> held.filter(body -> body[0] == 'W')
                    .ifPresent(body -> all.put(id, Arrays.copyOfRange(body, 1, body.length))));
        } else if (!forgotten) {
            super.write(file, states);
        }
    }

    private Optional<FilePath> heldFor(FilePath file) {
        return definitions().stream()
                .filter(definition ->
                        SlaveFiles.hold("fromprod", definition.number()).equals(file))
                .map(FileDefinition::path)
                .findFirst();
    }
}
