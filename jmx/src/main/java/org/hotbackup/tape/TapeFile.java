package org.hotbackup.tape;

import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/**
 * A file as a tape defines it.
 *
 * @param level 0 SYSTEM, 1 an account, 2 a dictionary, 3 a data section; {@value #DUMP} the file of a dump
 * @param number the number that its items carry; 0 in a dump
 * @param name its name as the tape has it, in UTF-8 or, if it is none, in ISO 8859-1; in a dump the text of the label
 * @param path where it stands, with names that can be used here; empty of SYSTEM and of a dump
 * @param pointer its D-pointer, in a form that can be used here; of a dump, one that is never used
 */
public record TapeFile(int level, long number, String name, Optional<FilePath> path, DPointer pointer) {

    /** The level of a dump's file, which nothing defines. */
    public static final int DUMP = -1;

    /** The file of a dump. */
    static TapeFile ofDump(String label) {
        return new TapeFile(DUMP, 0, label, Optional.empty(), DPointer.of("D", 1));
    }

    /** For people: the path, or what there is in its place. */
    @Override
    public String toString() {
        return path.map(FilePath::toString).orElse(name);
    }
}
