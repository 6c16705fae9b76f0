package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/** File-of-files in the database, through JPA in the entity manager's transaction. For one thread. */
final class FileRecords {

    private final EntityManager entities;

    FileRecords(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Every section there is.
     *
     * @param shown where each is found; one whose record cannot be read in its other place (HB-154)
     * @param unreadable those of them whose record cannot be read but for its names, by these
     */
    record Sections(List<FileDefinition> shown, Map<FilePath, FileDefinition> unreadable) {}

    /**
     * Every section there is.
     *
     * @param missing the place of a section whose record cannot be read, by its number (HB-154)
     */
    Sections all(IntFunction<FilePath> missing) {
        List<FileDefinition> shown = new ArrayList<>();
        Map<FilePath, FileDefinition> unreadable = new HashMap<>();
        for (FileEntity file : entities.createQuery("SELECT f FROM FileEntity f", FileEntity.class)
                .getResultList()) {
            FileDefinition definition = file.definition(missing);
            shown.add(definition);
            file.named()
                    .filter(path -> !path.equals(definition.path()))
                    .ifPresent(path -> unreadable.put(path, definition));
        }
        entities.clear();
        return new Sections(shown, unreadable);
    }

    /** Adds a section under a number that was never given before. */
    FileDefinition insert(FilePath path, DPointer pointer) {
        FileEntity entity = new FileEntity(path, pointer);
        entities.persist(entity);
        entities.flush();
        entities.clear();
        return new FileDefinition(entity.number(), path, pointer);
    }

    /** Gives a section the D-pointer of this definition. */
    void redefine(FileDefinition definition) {
        entities.find(FileEntity.class, definition.number()).redefine(definition.pointer());
        entities.flush();
        entities.clear();
    }

    /** Removes a section's definition. */
    void delete(int number) {
        entities.remove(entities.getReference(FileEntity.class, number));
        entities.flush();
        entities.clear();
    }
}
