package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.util.List;
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
     * @param missing the place of a section whose record cannot be read, by its number (HB-154)
     */
    List<FileDefinition> all(IntFunction<FilePath> missing) {
        List<FileDefinition> all = entities.createQuery("SELECT f FROM FileEntity f", FileEntity.class)
                .getResultStream()
                .map(file -> file.definition(missing))
                .toList();
        entities.clear();
        return all;
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
