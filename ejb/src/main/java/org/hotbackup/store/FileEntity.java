package org.hotbackup.store;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.function.IntFunction;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/**
 * A section in file-of-files: a master dictionary (an account), a dictionary or a data section. The sequence never gives
 * a number twice, not even one that was rolled back.
 */
@Entity
@Table(name = "file")
@Cacheable(false)
class FileEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "file_number")
    @SequenceGenerator(name = "file_number", sequenceName = "file_number", allocationSize = 1)
    private int number;

    private String account;
    private String file;
    private String section;
    private byte[] pointer;

    /** For JPA. */
    protected FileEntity() {}

    FileEntity(FilePath path, DPointer pointer) {
        account = path.account();
        file = path.file();
        section = path.section();
        this.pointer = pointer.bytes();
    }

    void redefine(DPointer changed) {
        pointer = changed.bytes();
    }

    int number() {
        return number;
    }

    /** What stands there; if that cannot be read, the section without L in its other place. */
    FileDefinition definition(IntFunction<FilePath> missing) {
        try {
            return new FileDefinition(number, new FilePath(account, file, section), DPointer.ofItem(pointer));
        } catch (Refusal e) {
            return new FileDefinition(number, missing.apply(number), DPointer.of("D", 1));
        }
    }

    /** The names that stand there, whether the rest can be read or not; empty if they are no path. */
    Optional<FilePath> named() {
        try {
            return Optional.of(new FilePath(account, file, section));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }
}
