package org.hotbackup.ordeal;

import java.util.List;
import java.util.Optional;
import org.hotbackup.client.RestClient;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/** What shows whether an update was performed: of an item its body, of a section its D-pointer and how many items it has. */
record Probe(Optional<Fingerprint> item, Optional<String> pointer, int items) {

    /** As it is on a node. */
    static Probe of(RestClient node, Update update) {
        FilePath file = update.file();
        DPointer pointer = NodeImage.definitions(node, file.account()).get(file);
        if (pointer == null) {
            return new Probe(Optional.empty(), Optional.empty(), 0);
        }
        if (update instanceof Update.ItemWritten written) {
            return ofItem(pointer, Caller.read(node, file, written.id()).map(Fingerprint::of));
        } else if (update instanceof Update.ItemDeleted deleted) {
            return ofItem(pointer, Caller.read(node, file, deleted.id()).map(Fingerprint::of));
        }
        return new Probe(
                Optional.empty(),
                Optional.of(shown(pointer)),
                NodeImage.read(node, file, pointer).items().size());
    }

    /** As it would be in an image. */
    static Probe of(ImageModel image, Update update) {
        FilePath file = update.file();
        Optional<Section> section = image.section(file);
        if (section.isEmpty()) {
            return new Probe(Optional.empty(), Optional.empty(), 0);
        }
        if (update instanceof Update.ItemWritten written) {
            return ofItem(section.get().pointer(), image.item(file, written.id()));
        } else if (update instanceof Update.ItemDeleted deleted) {
            return ofItem(section.get().pointer(), image.item(file, deleted.id()));
        }
        return new Probe(
                Optional.empty(),
                Optional.of(shown(section.get().pointer())),
                section.get().items().size());
    }

    private static Probe ofItem(DPointer pointer, Optional<Fingerprint> item) {
        return new Probe(item, Optional.of(shown(pointer)), 0);
    }

    private static String shown(DPointer pointer) {
        return pointer + " " + pointer.correlatives();
    }

    @Override
    public String toString() {
        return List.of(item, pointer, items).toString();
    }
}
